@NullMarked
package karuta.demobank.attack;

import org.jspecify.annotations.NullMarked;
