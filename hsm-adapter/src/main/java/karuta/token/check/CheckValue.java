package karuta.token.check;

import karuta.card.MacInput;
import karuta.secret.SecretBytes;

/// What both tokens MAC to show each other that they hold the same book key (`docs/decisions/002-key-agreement.md`). It
/// says nothing about any card, so it may be stored and shown.
public final class CheckValue {
  /// Length of a check value, and of every tag.
  public static final int BYTES = 32;

  private CheckValue() {}

  /// The bytes under the MAC; the caller closes them.
  public static SecretBytes input() {
    return MacInput.of("karuta kcv v1").bytes();
  }
}
