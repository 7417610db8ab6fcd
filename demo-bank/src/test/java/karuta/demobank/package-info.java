@NullMarked
package karuta.demobank;

import org.jspecify.annotations.NullMarked;
