/// What enough officers approved, done to a journal from outside the process that judges: that one has no code that lifts a cap.
@NullMarked
package karuta.guard.officers;

import org.jspecify.annotations.NullMarked;
