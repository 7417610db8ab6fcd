/// The guard's process is killed in the middle of its work.
@NullMarked
package karuta.guard.crash;

import org.jspecify.annotations.NullMarked;
