/// The officers' commands: carry out on a journal what enough officers have approved, such as lifting a cap. They run
/// in a process of their own; the process that judges has no code that lifts a cap.
@NullMarked
package karuta.guard.officers;

import org.jspecify.annotations.NullMarked;
