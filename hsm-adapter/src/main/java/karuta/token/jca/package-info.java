/// Access to the same token through JCA (SunPKCS11), for what JCA does well: ECDSA signatures, certificates and random
/// numbers.
@NullMarked
package karuta.token.jca;

import org.jspecify.annotations.NullMarked;
