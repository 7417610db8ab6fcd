package karuta.token;

/// What a token is for, which decides what may lie on it.
public enum TokenRole {
  /// Offline: layout keys, tag-making book keys, `issuer-<n>`.
  ISSUER,
  /// Online: verify-only book keys, `receipt-<n>`.
  VERIFIER
}
