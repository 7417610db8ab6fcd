/// Tests of requests that officers have approved.
@NullMarked
package karuta.guard.officers;

import org.jspecify.annotations.NullMarked;
