package karuta.provisioning.book;

import karuta.card.MacInput;

/// The issuer's half of a book key, as far as books need it: HMAC-SHA-256 in the issuer token.
@FunctionalInterface
public interface TagKey {
  /// 32 bytes, HMAC-SHA-256 of `answer` under the book key.
  byte[] tag(MacInput answer);
}
