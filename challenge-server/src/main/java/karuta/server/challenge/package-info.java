/// The words of a question and its answer: purposes, transactions, challenges, outcomes, and the policy they follow.
///
/// Plain values and the interface the transports call; nothing here knows a database, a token or a network.
@NullMarked
package karuta.server.challenge;

import org.jspecify.annotations.NullMarked;
