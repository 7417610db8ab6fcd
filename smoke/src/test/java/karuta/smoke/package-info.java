@NullMarked
package karuta.smoke;

import org.jspecify.annotations.NullMarked;
