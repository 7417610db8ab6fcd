package karuta.token;

import karuta.cryptoki.CkException;

/// The token is there and uses the key no more: a limit that the token itself keeps, on how often it may be used, is
/// reached (`CKA_USAGE_LIMIT` of Thales Luna). Nothing is lost and nothing was decided; trying again does not help, and
/// people must decide.
public final class KeyLimitReached extends TokenException {
  private static final long serialVersionUID = 1L;

  public KeyLimitReached(CkException cause) {
    super("the token's own limit on the uses of a key is reached: " + cause.summary(), cause);
  }

  /// @param label of the key
  public KeyLimitReached(String label, Throwable cause) {
    super("the token's own limit on the uses of the key %s is reached".formatted(label), cause);
  }
}
