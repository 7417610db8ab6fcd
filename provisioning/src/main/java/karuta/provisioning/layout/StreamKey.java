package karuta.provisioning.layout;

import karuta.card.MacInput;

/// A batch's layout key, as far as layouts need it: HMAC-SHA-256 in the issuer token.
@FunctionalInterface
public interface StreamKey {
  /// 32 bytes, HMAC-SHA-256 of `input` under the layout key; the caller wipes them.
  byte[] derive(MacInput input);
}
