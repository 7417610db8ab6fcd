package karuta.cryptoki;

/// `CKA_CLASS` (PKCS#11 v2.40, section 4.1.1).
public enum ObjectClass {
  DATA(0),
  CERTIFICATE(1),
  PUBLIC_KEY(2),
  PRIVATE_KEY(3),
  SECRET_KEY(4);

  private final long code;

  ObjectClass(long code) {
    this.code = code;
  }

  public long code() {
    return code;
  }
}
