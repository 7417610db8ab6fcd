/// JCA's way to the same token: what it says well is signatures, certificates and randomness.
@NullMarked
package karuta.token.jca;

import org.jspecify.annotations.NullMarked;
