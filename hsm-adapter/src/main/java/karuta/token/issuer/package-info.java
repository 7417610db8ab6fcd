/// What only the offline issuer token does: layout keys, the pseudo-random streams that layouts are derived from, and
/// tags. No online code may use this package.
@NullMarked
package karuta.token.issuer;

import org.jspecify.annotations.NullMarked;
