/// Secrets that exist for a moment only, kept where no garbage collector copies them.
@NullMarked
package karuta.secret;

import org.jspecify.annotations.NullMarked;
