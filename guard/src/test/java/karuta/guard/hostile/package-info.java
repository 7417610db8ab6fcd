/// Attacks on the guard by somebody who controls a challenge server, through the guard's socket.
@NullMarked
package karuta.guard.hostile;

import org.jspecify.annotations.NullMarked;
