/// `./karuta smoke`: builds a whole stack, and tries against the running server every promise that can be seen from
/// outside, as its clients see it.
@NullMarked
package karuta.smoke;

import org.jspecify.annotations.NullMarked;
