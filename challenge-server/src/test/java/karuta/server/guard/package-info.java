/// Tests of the calls to the guard: when it is not asked, and what is counted.
@NullMarked
package karuta.server.guard;

import org.jspecify.annotations.NullMarked;
