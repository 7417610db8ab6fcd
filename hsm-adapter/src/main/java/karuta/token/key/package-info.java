/// Keys by their policy: what each may do, whether it is so, and how signing keys and agreed keys are made.
@NullMarked
package karuta.token.key;

import org.jspecify.annotations.NullMarked;
