package karuta.guard.token;

import java.security.interfaces.ECPublicKey;

/// The public half of a key in the token that signs.
///
/// @param label its name in the token, for example `receipt-1`
/// @param publicKey on the curve P-256
public record SigningKey(String label, ECPublicKey publicKey) {}
