@NullMarked
package karuta.smoke.memory;

import org.jspecify.annotations.NullMarked;
