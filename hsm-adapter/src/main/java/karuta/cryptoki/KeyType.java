package karuta.cryptoki;

/// `CKA_KEY_TYPE` (PKCS#11 v2.40, section 4.6).
public enum KeyType {
  EC(3),
  GENERIC_SECRET(0x10),
  AES(0x1f);

  private final long code;

  KeyType(long code) {
    this.code = code;
  }

  public long code() {
    return code;
  }
}
