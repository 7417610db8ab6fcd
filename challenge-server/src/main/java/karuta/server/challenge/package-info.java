/// The values of a question and its answer (purposes, transactions, challenges, outcomes, the bank's policy), and the
/// interface that the transports call.
///
/// Nothing here knows a database, a token or a network.
@NullMarked
package karuta.server.challenge;

import org.jspecify.annotations.NullMarked;
