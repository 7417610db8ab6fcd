/// What the command lines of all programs share: options, one-line error messages, and the exit codes that scripts and
/// supervisors rely on.
@NullMarked
package karuta.command;

import org.jspecify.annotations.NullMarked;
