/// Frames on a Unix domain socket, the same at both ends, as `guard.proto` describes them: a length is checked against
/// a limit before memory is allocated, and every wait has a deadline. This package does not look into the messages.
@NullMarked
package karuta.guard.frame;

import org.jspecify.annotations.NullMarked;
