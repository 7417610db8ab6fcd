package karuta.provisioning.cli;

/// A policy says no. The message says what to do next; nothing was changed. Exit code 1.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Refused(String message) {
    super(message);
  }
}
