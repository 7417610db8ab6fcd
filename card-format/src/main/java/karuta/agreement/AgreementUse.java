package karuta.agreement;

import java.util.Arrays;
import java.util.Locale;

/// Whether a key agreement, and with it every card made with its key, is for production or for development only.
public enum AgreementUse {
  /// Customers' cards.
  PRODUCTION,
  /// Nothing that money hangs on.
  DEVELOPMENT;

  /// Reads `production` or `development`.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static AgreementUse named(String label) {
    return Arrays.stream(values())
        .filter(use -> use.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be \"production\" or \"development\""));
  }

  /// The word in files.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether a key derivation function may be used.
  public boolean allows(Kdf kdf) {
    return this == DEVELOPMENT || kdf != Kdf.CKD_NULL;
  }

  /// Refuses a key derivation function that may not be used.
  ///
  /// @throws IllegalArgumentException if it may not
  public void require(Kdf kdf) {
    if (!allows(kdf)) {
      throw new IllegalArgumentException(
          "CKD_NULL, which is no derivation, is for agreements marked development only");
    }
  }
}
