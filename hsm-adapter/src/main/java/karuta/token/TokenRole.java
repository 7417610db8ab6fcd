package karuta.token;

import java.util.Locale;

/// What a token is for, which decides what may lie on it.
public enum TokenRole {
  /// Offline: layout keys, tag-making book keys, `issuer-<n>`.
  ISSUER,
  /// Online: verify-only book keys, `receipt-<n>`, `seal-<n>`.
  VERIFIER;

  /// As it is written in files and said to people.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// With its article, as in "this is an issuer token".
  public String withArticle() {
    return (this == ISSUER ? "an " : "a ") + label();
  }
}
