/// Tests of what officers have done.
@NullMarked
package karuta.guard.officers;

import org.jspecify.annotations.NullMarked;
