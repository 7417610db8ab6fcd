/// The judging of answers: the whole of it, on one screen.
@NullMarked
package karuta.guard.judge;

import org.jspecify.annotations.NullMarked;
