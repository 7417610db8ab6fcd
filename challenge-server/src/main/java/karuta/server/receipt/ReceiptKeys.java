package karuta.server.receipt;

import karuta.server.token.AnswerToken;

/// The public keys that receipts verify under, as a JWK set (RFC 7517): what `/.well-known/jwks.json` serves.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class ReceiptKeys {
  private final AnswerToken token;

  public ReceiptKeys(AnswerToken token) {
    this.token = token;
  }

  /// The set as JSON text.
  public String jwks() {
    throw new UnsupportedOperationException("not built yet: " + token.receiptKeys().size());
  }
}
