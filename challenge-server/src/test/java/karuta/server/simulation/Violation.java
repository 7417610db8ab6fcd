package karuta.server.simulation;

/// A promise that a history broke.
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  Violation(String promise) {
    super(promise);
  }

  Violation(String promise, Throwable cause) {
    super(promise, cause);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation lies in a library of its own
  static void unless(boolean kept, String promise, Object... about) {
    if (!kept) {
      throw new Violation(promise.formatted(about));
    }
  }
}
