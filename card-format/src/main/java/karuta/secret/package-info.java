/// Secrets that are needed for a moment only. They are kept outside the Java heap, where no garbage collector copies
/// them, and overwritten when they are closed.
@NullMarked
package karuta.secret;

import org.jspecify.annotations.NullMarked;
