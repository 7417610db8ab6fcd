/// Keys and their policy.
@NullMarked
package karuta.token.key;

import org.jspecify.annotations.NullMarked;
