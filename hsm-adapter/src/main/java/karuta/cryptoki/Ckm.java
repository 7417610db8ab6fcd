package karuta.cryptoki;

/// The mechanisms used, and those the checks try in vain (PKCS#11 v2.40 current mechanisms).
public enum Ckm {
  CKM_SHA_1_HMAC(0x221),
  CKM_SHA256_HMAC(0x251),
  CKM_GENERIC_SECRET_KEY_GEN(0x350),
  CKM_EC_KEY_PAIR_GEN(0x1040),
  CKM_ECDSA(0x1041),
  CKM_ECDH1_DERIVE(0x1050),
  CKM_AES_KEY_GEN(0x1080),
  CKM_AES_KEY_WRAP(0x2109);

  private final long code;

  Ckm(long code) {
    this.code = code;
  }

  public long code() {
    return code;
  }
}
