package karuta.smoke;

/// The server said no, with a code of `docs/api.md`.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  Refused(String status, String code) {
    super(status + " " + code);
    this.code = code;
  }

  String code() {
    return code;
  }
}
