/// Digests, for every format that states one.
@NullMarked
package karuta.digest;

import org.jspecify.annotations.NullMarked;
