/// The guard's protocol as Java values, and a client for it: over a Unix domain socket, with a deadline on every call.
///
/// The guard's own judging implements the same interface ([Guard]), so a test of a server can use it without a socket.
@NullMarked
package karuta.guard.client;

import org.jspecify.annotations.NullMarked;
