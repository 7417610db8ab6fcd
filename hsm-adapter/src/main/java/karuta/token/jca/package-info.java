/// Access to the same token through JCA, for what JCA does well: signatures, certificates and randomness.
@NullMarked
package karuta.token.jca;

import org.jspecify.annotations.NullMarked;
