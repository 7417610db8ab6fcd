package karuta.server.model;

/// A promise that was broken.
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  public Violation(String promise) {
    super(promise);
  }

  public Violation(String promise, Throwable cause) {
    super(promise, cause);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation lies in a library of its own
  public static void unless(boolean kept, String promise, Object... about) {
    if (!kept) {
      throw new Violation(promise.formatted(about));
    }
  }
}
