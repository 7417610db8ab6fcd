/// Whoever owns a challenge server, at the other end of the guard's socket.
@NullMarked
package karuta.guard.hostile;

import org.jspecify.annotations.NullMarked;
