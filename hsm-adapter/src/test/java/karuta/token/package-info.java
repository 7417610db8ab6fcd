@NullMarked
package karuta.token;

import org.jspecify.annotations.NullMarked;
