/// Programs that tests start in JVMs of their own.
@NullMarked
package karuta.testing;

import org.jspecify.annotations.NullMarked;
