/// Runs the Alloy model of guard, server and store, which is in `src/main/alloy`.
@NullMarked
package karuta.guard.model;

import org.jspecify.annotations.NullMarked;
