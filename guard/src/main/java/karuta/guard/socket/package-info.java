/// The guard's Unix domain socket: checks which user connects, limits the number of connections, and serves one call
/// after the other on each.
@NullMarked
package karuta.guard.socket;

import org.jspecify.annotations.NullMarked;
