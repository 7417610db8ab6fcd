/// Requests that several people must approve before they are carried out. Each reads the whole text and signs it on a
/// machine of their own.
///
/// A request has exactly one encoding, so its digest names it: people compare the digest over the telephone as words,
/// each signs the whole text, and the program that carries the request out counts how many different people have signed
/// exactly those bytes. A request names one addressee and the state that it starts from, has the next number and an
/// expiry time; so none is carried out twice, elsewhere or late. This package does not know what the actions mean: the
/// addressee does.
@NullMarked
package karuta.approval;

import org.jspecify.annotations.NullMarked;
