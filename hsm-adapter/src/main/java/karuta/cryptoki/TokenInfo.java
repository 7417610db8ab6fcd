package karuta.cryptoki;

/// `CK_TOKEN_INFO` without padding (PKCS#11 v2.40, section 3.2).
///
/// @param maxSessions most sessions; 0 means no limit, -1 that the token does not say
public record TokenInfo(
    String label,
    String manufacturer,
    String model,
    String serial,
    long flags,
    long maxSessions,
    String firmware) {
  private static final long CKF_LOGIN_REQUIRED = 0x4;
  private static final long CKF_TOKEN_INITIALIZED = 0x400;
  private static final long CKF_USER_PIN_COUNT_LOW = 0x10000;
  private static final long CKF_USER_PIN_FINAL_TRY = 0x20000;
  private static final long CKF_USER_PIN_LOCKED = 0x40000;

  /// Whether private objects need a login. A token that asks for none keeps nothing from anybody.
  public boolean loginRequired() {
    return (flags & CKF_LOGIN_REQUIRED) != 0;
  }

  /// Whether a wrong user PIN was tried since the last login.
  public boolean pinCountLow() {
    return (flags & CKF_USER_PIN_COUNT_LOW) != 0;
  }

  /// Whether the next wrong user PIN locks it.
  public boolean pinFinalTry() {
    return (flags & CKF_USER_PIN_FINAL_TRY) != 0;
  }

  /// Whether the user PIN is locked.
  public boolean pinLocked() {
    return (flags & CKF_USER_PIN_LOCKED) != 0;
  }

  /// Whether `C_InitToken` was done.
  public boolean initialised() {
    return (flags & CKF_TOKEN_INITIALIZED) != 0;
  }
}
