package karuta.demobank.api;

/// The server will not do what was asked, and says why with a code of its closed list.
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiRefusal(int status, String code) {
    super("the challenge server refuses: " + code, null, false, false);
    this.status = status;
    this.code = code;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The reason, for example `not-eligible`.
  public String code() {
    return code;
  }

  /// Whether the reason is `expected`.
  public boolean is(String expected) {
    return code.equals(expected);
  }
}
