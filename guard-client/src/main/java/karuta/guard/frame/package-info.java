/// Frames on a Unix domain socket, the same at both ends: what `guard.proto` says of them, with a limit before memory
/// is taken and a deadline on every wait. What is in a message is not known here.
@NullMarked
package karuta.guard.frame;

import org.jspecify.annotations.NullMarked;
