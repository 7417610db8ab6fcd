package karuta.card;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The 32 bytes from which a card's palettes and the order of its book follow.
///
/// The server stores it, so it is no secret from the server. Nobody who lacks it can draw the bank's question, so no
/// `toString` shows it. It says nothing about which picture of a palette is right.
public final class PaletteSeed {
  /// Length of a seed in bytes.
  public static final int BYTES = 32;

  private final byte[] value;

  public PaletteSeed(byte[] value) {
    if (value.length != BYTES) {
      throw new IllegalArgumentException("a palette seed has 32 bytes, not " + value.length);
    }
    this.value = value.clone();
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return value.clone();
  }

  /// Uniform numbers for one purpose: HKDF-SHA-256 (RFC 5869, no salt) of the seed with `info`.
  ///
  /// @param info says what the numbers are for; different purposes get unrelated numbers
  public UniformNumbers numbers(MacInput info) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(value)
              .thenExpand(info.toBytes(), UniformNumbers.BYTES);
      return new UniformNumbers(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaletteSeed seed && MessageDigest.isEqual(value, seed.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "PaletteSeed[withheld]";
  }
}
