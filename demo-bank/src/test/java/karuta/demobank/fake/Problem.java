package karuta.demobank.fake;

/// A call is answered with a problem.
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;
  final String code;

  Problem(int status, String code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}
