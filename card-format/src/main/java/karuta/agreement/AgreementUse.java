package karuta.agreement;

import java.util.Arrays;
import java.util.Locale;

/// What an agreement, and so every card that rests on its key, is marked for.
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
