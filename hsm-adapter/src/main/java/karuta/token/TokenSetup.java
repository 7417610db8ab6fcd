package karuta.token;

import karuta.cryptoki.CkException;
import karuta.cryptoki.UserType;

/// Makes new tokens, for development and continuous integration. A bank's HSM is set up with its vendor's tools.
public final class TokenSetup {
  private TokenSetup() {}

  /// Initialises the first slot whose token is not initialised yet: `C_InitToken`, then `C_InitPIN` (PKCS#11 v2.40,
  /// sections 5.5 and 5.6).
  ///
  /// @throws IllegalStateException if a token of that label exists
  /// @throws TokenUnavailable if no slot is free
  /// @throws PkcsFault if the token refuses, a PIN that is too short included
  public static TokenName initialise(Pkcs11Module module, String label, Pin soPin, Pin userPin) {
    return alone(
        module,
        () -> {
          if (module.slots().stream().anyMatch(slot -> slot.info().label().equals(label))) {
            throw new IllegalStateException("a token " + label + " exists already");
          }
          var free =
              module.slots().stream()
                  .filter(slot -> !slot.info().initialised())
                  .findFirst()
                  .orElseThrow(() -> new TokenUnavailable("the module has no free slot"));
          module.cryptoki().initToken(free.number(), soPin.utf8(), label);
          // SoftHSM numbers the slot anew, so it is found again by its label.
          var made =
              module.slots().stream()
                  .filter(slot -> slot.info().label().equals(label))
                  .findFirst()
                  .orElseThrow(() -> new TokenUnavailable("the new token does not show"));
          setUserPin(module, made.number(), soPin, userPin);
          return new TokenName(label, made.info().serial());
        });
  }

  private static void setUserPin(Pkcs11Module module, long slot, Pin soPin, Pin userPin) {
    var cryptoki = module.cryptoki();
    var session = cryptoki.openSession(slot, true);
    try {
      cryptoki.login(session, UserType.SECURITY_OFFICER, soPin.utf8());
      cryptoki.initPin(session, userPin.utf8());
      cryptoki.logout(session);
    } finally {
      cryptoki.closeSession(session);
    }
  }

  /// Changes the user PIN (`C_SetPIN`).
  ///
  /// @throws TokenAuthFailed if the old PIN is wrong
  public static void changePin(Pkcs11Module module, TokenName name, Pin oldPin, Pin newPin) {
    alone(
        module,
        () -> {
          var slot =
              module.slots().stream()
                  .filter(s -> s.info().label().equals(name.label()))
                  .filter(s -> s.info().serial().equals(name.serial()))
                  .findFirst()
                  .orElseThrow(() -> new TokenUnavailable("no token " + name + " is present"));
          var session = module.cryptoki().openSession(slot.number(), true);
          try {
            module.cryptoki().setPin(session, oldPin.utf8(), newPin.utf8());
          } finally {
            module.cryptoki().closeSession(session);
          }
          return name;
        });
  }

  private static <T> T alone(Pkcs11Module module, Work<T, RuntimeException> work) {
    try {
      return module.alone(Deadline.after(TokenSettings.defaults().deadline()), work);
    } catch (CkException e) {
      throw FaultClass.of(e) == FaultClass.AUTH
          ? new TokenAuthFailed("the PIN was refused: " + e.summary(), e)
          : new PkcsFault(e);
    }
  }
}
