/// Approvals: a request that several people must agree to before it is carried out. Each reads and signs its whole text
/// on a machine of their own.
///
/// A request has one form, byte for byte, so that its digest names it: people compare it over the telephone as words,
/// each signs the whole text, and whoever carries it out counts how many different people have signed exactly that.
/// Requests are for one addressee, bound to the state it was in, numbered without a gap, and end; so none is carried
/// out twice, elsewhere or late. What the actions mean is the addressee's affair.
@NullMarked
package karuta.approval;

import org.jspecify.annotations.NullMarked;
