package karuta.token.key;

import java.util.Arrays;
import java.util.regex.Pattern;
import karuta.agreement.Kdf;

/// A key derivation function and the number by which one token knows it. Some vendors have numbers of their own for
/// what the standard has too, and take only those: AWS CloudHSM's `CKD_CLOUDHSM_X963_SHA256_KDF` computes
/// `CKD_SHA256_KDF`.
///
/// @param computes what it is, whatever it is called
/// @param name the constant in PKCS#11 or in the vendor's header
/// @param number what stands in `CK_ECDH1_DERIVE_PARAMS`
public record TokenKdf(Kdf computes, String name, long number) {
  private static final long FIRST_OF_VENDORS = 0x8000_0000L;
  private static final long LAST_OF_VENDORS = 0xffff_ffffL;
  private static final Pattern NAME = Pattern.compile("CKD_[A-Z0-9_]{1,60}");
  private static final Pattern NUMBER = Pattern.compile("0x[0-9a-fA-F]{1,8}");

  public TokenKdf {
    var standard = Arrays.stream(Kdf.values()).filter(kdf -> kdf.name().equals(name)).findFirst();
    if (standard.isPresent()
        ? standard.get() != computes || number != number(computes)
        : number < FIRST_OF_VENDORS || number > LAST_OF_VENDORS) {
      throw new IllegalArgumentException(
          "a name of the standard has the standard's number, a vendor's one from 0x80000000 to 0xffffffff");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name is such as CKD_CLOUDHSM_X963_SHA256_KDF");
    }
    if (standard.isEmpty() && computes == Kdf.CKD_NULL) {
      throw new IllegalArgumentException("no vendor's number stands for CKD_NULL");
    }
  }

  /// By the standard's number.
  public static TokenKdf standard(Kdf kdf) {
    return new TokenKdf(kdf, kdf.name(), number(kdf));
  }

  private static long number(Kdf kdf) {
    return switch (kdf) {
      case CKD_NULL -> 0x01;
      case CKD_SHA256_KDF -> 0x06;
      case CKD_SHA256_KDF_SP800 -> 0x10;
    };
  }

  /// Reads a number as headers have it.
  ///
  /// @throws IllegalArgumentException if it is not hexadecimal, `0x80000003`
  public static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("must be hexadecimal, such as \"0x80000003\"");
    }
    return Long.parseLong(text.substring(2), 16);
  }

  /// Reads what [#toString] gave.
  ///
  /// @throws IllegalArgumentException if it is no such text, or cannot stand for `computes`
  public static TokenKdf parse(Kdf computes, String text) {
    var words = text.split(" ", -1);
    if (words.length != 2) {
      throw new IllegalArgumentException("must be a name and a number");
    }
    return new TokenKdf(computes, words[0], number(words[1]));
  }

  /// Name and number, as records have it: `CKD_SHA256_KDF 0x00000006`.
  @Override
  public String toString() {
    return "%s 0x%08x".formatted(name, number);
  }
}
