package karuta.cryptoki;

/// `CK_SESSION_INFO` (PKCS#11 v2.40, section 3.3).
///
/// @param state a `CKS_` number
public record SessionInfo(long slot, long state) {
  private static final long CKS_RO_USER_FUNCTIONS = 1;
  private static final long CKS_RW_USER_FUNCTIONS = 3;

  /// Whether the user is logged in.
  public boolean userLoggedIn() {
    return state == CKS_RO_USER_FUNCTIONS || state == CKS_RW_USER_FUNCTIONS;
  }
}
