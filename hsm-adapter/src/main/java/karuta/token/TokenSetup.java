package karuta.token;

/// Makes new tokens, for development and continuous integration.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class TokenSetup {
  private TokenSetup() {}

  /// Initialises the first slot whose token is not initialised yet: `C_InitToken`, then `C_InitPIN` (PKCS#11 v2.40,
  /// sections 5.5 and 5.6).
  ///
  /// @throws IllegalStateException if a token of that label exists
  /// @throws TokenUnavailable if no slot is free
  public static TokenName initialise(Module module, String label, Pin soPin, Pin userPin) {
    throw new UnsupportedOperationException(label + soPin + userPin);
  }

  /// Changes the user PIN (`C_SetPIN`).
  public static void changePin(Module module, TokenName name, Pin oldPin, Pin newPin) {
    throw new UnsupportedOperationException(name.toString() + oldPin + newPin);
  }
}
