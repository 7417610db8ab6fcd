package karuta.token;

import karuta.cryptoki.CkException;

/// A PKCS#11 function gave a code that nothing here can recover from: a mistake in Karuta or a token that cannot do it.
public final class PkcsFault extends TokenException {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final String code;

  public PkcsFault(CkException cause) {
    super(cause.summary(), cause);
    this.function = cause.function().name();
    this.code = cause.codeName();
  }

  /// Such as `C_DeriveKey`.
  public String function() {
    return function;
  }

  /// Such as `CKR_ATTRIBUTE_READ_ONLY`; the number in hexadecimal if it has no name.
  public String code() {
    return code;
  }
}
