package karuta.token.issuer;

import karuta.card.EpochId;

/// The issuer's half of an agreement: the key exists, and this is what the verifier checks it with.
public final class BookKeyMade {
  private final EpochId epoch;
  private final byte[] checkValue;

  BookKeyMade(EpochId epoch, byte[] checkValue) {
    this.epoch = epoch;
    this.checkValue = checkValue.clone();
  }

  public EpochId epoch() {
    return epoch;
  }

  /// HMAC of `karuta kcv v1` under the new key, 32 bytes. Not a secret.
  public byte[] checkValue() {
    return checkValue.clone();
  }
}
