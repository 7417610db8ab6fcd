/// Kills the guard's process in the middle of its work, and checks what it remembers afterwards.
@NullMarked
package karuta.guard.crash;

import org.jspecify.annotations.NullMarked;
