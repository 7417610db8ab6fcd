package karuta.token;

/// What the token said of a tag. There is no third value: whatever is neither is an exception, so a fault can never
/// pass for a wrong answer nor for a right one.
public enum Verdict {
  /// `C_Verify` gave `CKR_OK`.
  RIGHT,
  /// `C_Verify` gave `CKR_SIGNATURE_INVALID` or `CKR_SIGNATURE_LEN_RANGE` (PKCS#11 v2.40, section 5.12).
  WRONG
}
