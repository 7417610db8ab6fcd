package karuta.demo.cli;

/// A directory that cannot be used, in words that say what to do.
final class InUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  InUse(String message) {
    super(message);
  }
}
