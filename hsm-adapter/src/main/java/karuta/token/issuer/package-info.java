/// What only the offline issuer token does: layout keys, streams, tags. No online code may reach this package.
@NullMarked
package karuta.token.issuer;

import org.jspecify.annotations.NullMarked;
