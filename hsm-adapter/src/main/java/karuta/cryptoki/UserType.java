package karuta.cryptoki;

/// `CK_USER_TYPE` (PKCS#11 v2.40, section 3.4).
public enum UserType {
  SECURITY_OFFICER(0),
  USER(1);

  private final long code;

  UserType(long code) {
    this.code = code;
  }

  public long code() {
    return code;
  }
}
