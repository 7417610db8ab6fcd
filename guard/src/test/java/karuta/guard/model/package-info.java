/// Runs the model of guard, server and store, which lies in `src/main/alloy`.
@NullMarked
package karuta.guard.model;

import org.jspecify.annotations.NullMarked;
