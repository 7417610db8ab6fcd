/// What a challenge server asks of a guard, as values, and the way there: a Unix domain socket with a deadline on every
/// call.
///
/// The guard itself answers the same calls ([Guard]); so whoever tests a server may put the guard's own judging behind
/// it, without a socket.
@NullMarked
package karuta.guard.client;

import org.jspecify.annotations.NullMarked;
