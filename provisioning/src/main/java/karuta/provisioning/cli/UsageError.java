package karuta.provisioning.cli;

/// What was asked for cannot be done with what is there. The message says what to do next. Exit code 2.
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageError(String message) {
    super(message);
  }
}
