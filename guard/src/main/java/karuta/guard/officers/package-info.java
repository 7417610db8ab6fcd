/// Carries out on a journal what enough officers have approved, in a process apart from the one that judges: the
/// judging process has no code that lifts a cap.
@NullMarked
package karuta.guard.officers;

import org.jspecify.annotations.NullMarked;
