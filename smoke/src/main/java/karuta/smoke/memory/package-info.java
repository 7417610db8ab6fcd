/// Looks into a running server's memory for what must never be there.
@NullMarked
package karuta.smoke.memory;

import org.jspecify.annotations.NullMarked;
