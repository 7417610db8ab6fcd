/// Kills the server, the guard or both (SIGKILL) in the middle of their work, or fills their disk, and compares what
/// callers were told with what is on disk.
@NullMarked
package karuta.server.crash;

import org.jspecify.annotations.NullMarked;
