/// Tests of keys and of the key policy.
@NullMarked
package karuta.token.key;

import org.jspecify.annotations.NullMarked;
