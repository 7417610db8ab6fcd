package karuta.server.receipt;

import java.util.stream.Collectors;
import karuta.server.token.AnswerToken;

/// The public keys that receipts verify under, as a JWK set (RFC 7517): what `/.well-known/jwks.json` serves.
public final class ReceiptKeys {
  private final AnswerToken token;

  public ReceiptKeys(AnswerToken token) {
    this.token = token;
  }

  /// The set as JSON text.
  public String jwks() {
    return token.receiptKeys().stream()
        .map(key -> Jwk.of(key.publicKey()).json())
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
