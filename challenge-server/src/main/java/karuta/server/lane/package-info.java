/// Threads for work that may block: a fixed number of platform threads behind a bounded queue, which refuses at once
/// when it is full, and periodic work of the server's own on the same threads.
@NullMarked
package karuta.server.lane;

import org.jspecify.annotations.NullMarked;
