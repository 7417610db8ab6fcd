@NullMarked
package karuta.cryptoki;

import org.jspecify.annotations.NullMarked;
