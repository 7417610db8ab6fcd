package karuta.cryptoki;

/// A PKCS#11 function that did not return `CKR_OK`: which one, and what it returned.
///
/// The message reads `C_DeriveKey: CKR_ATTRIBUTE_READ_ONLY (0x10)` and holds nothing else, so it can be logged.
public final class CkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CkFunction function;
  private final long code;

  public CkException(CkFunction function, long code) {
    super(summary(function, code));
    this.function = function;
    this.code = code;
  }

  public CkException(CkFunction function, Ckr ckr) {
    this(function, ckr.code());
  }

  public CkFunction function() {
    return function;
  }

  /// The number as returned.
  public long code() {
    return code;
  }

  public Ckr ckr() {
    return Ckr.of(code);
  }

  /// The code's name; its number in hexadecimal if it has none.
  public String codeName() {
    return name(code);
  }

  /// The message.
  public String summary() {
    return summary(function, code);
  }

  private static String summary(CkFunction function, long code) {
    return function + ": " + name(code) + " (" + hex(code) + ")";
  }

  private static String name(long code) {
    var ckr = Ckr.of(code);
    return ckr == Ckr.UNNAMED ? hex(code) : ckr.name();
  }

  /// As the standard's header file has it.
  static String hex(long code) {
    return "0x" + Long.toHexString(code);
  }
}
