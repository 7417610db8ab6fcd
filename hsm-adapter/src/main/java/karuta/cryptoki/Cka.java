package karuta.cryptoki;

/// The attributes used, with the shape of their values (PKCS#11 v2.40, section 4 and pkcs11t.h).
public enum Cka {
  CKA_CLASS(0x000, Shape.NUMBER),
  CKA_TOKEN(0x001, Shape.BOOL),
  CKA_PRIVATE(0x002, Shape.BOOL),
  CKA_LABEL(0x003, Shape.TEXT),
  CKA_APPLICATION(0x010, Shape.TEXT),
  CKA_VALUE(0x011, Shape.BYTES),
  CKA_CERTIFICATE_TYPE(0x080, Shape.NUMBER),
  CKA_ISSUER(0x081, Shape.BYTES),
  CKA_SERIAL_NUMBER(0x082, Shape.BYTES),
  CKA_KEY_TYPE(0x100, Shape.NUMBER),
  CKA_SUBJECT(0x101, Shape.BYTES),
  CKA_ID(0x102, Shape.BYTES),
  CKA_SENSITIVE(0x103, Shape.BOOL),
  CKA_ENCRYPT(0x104, Shape.BOOL),
  CKA_DECRYPT(0x105, Shape.BOOL),
  CKA_WRAP(0x106, Shape.BOOL),
  CKA_UNWRAP(0x107, Shape.BOOL),
  CKA_SIGN(0x108, Shape.BOOL),
  CKA_SIGN_RECOVER(0x109, Shape.BOOL),
  CKA_VERIFY(0x10a, Shape.BOOL),
  CKA_VERIFY_RECOVER(0x10b, Shape.BOOL),
  CKA_DERIVE(0x10c, Shape.BOOL),
  CKA_VALUE_LEN(0x161, Shape.NUMBER),
  CKA_EXTRACTABLE(0x162, Shape.BOOL),
  CKA_LOCAL(0x163, Shape.BOOL),
  CKA_NEVER_EXTRACTABLE(0x164, Shape.BOOL),
  CKA_ALWAYS_SENSITIVE(0x165, Shape.BOOL),
  CKA_MODIFIABLE(0x170, Shape.BOOL),
  CKA_COPYABLE(0x171, Shape.BOOL),
  CKA_EC_PARAMS(0x180, Shape.BYTES),
  CKA_EC_POINT(0x181, Shape.BYTES),
  CKA_ALLOWED_MECHANISMS(0x40000600, Shape.MECHANISMS);

  /// How a value is encoded.
  public enum Shape {
    /// `CK_BBOOL`, one byte.
    BOOL,
    /// `CK_ULONG`.
    NUMBER,
    /// UTF-8 without end mark.
    TEXT,
    /// As it stands.
    BYTES,
    /// An array of `CK_MECHANISM_TYPE`.
    MECHANISMS
  }

  private final long code;
  private final Shape shape;

  Cka(long code, Shape shape) {
    this.code = code;
    this.shape = shape;
  }

  public long code() {
    return code;
  }

  public Shape shape() {
    return shape;
  }
}
