/// What a guard signs: receipts and audit seals, as compact JWS (RFC 7515) by keys that never leave the token.
@NullMarked
package karuta.guard.sign;

import org.jspecify.annotations.NullMarked;
