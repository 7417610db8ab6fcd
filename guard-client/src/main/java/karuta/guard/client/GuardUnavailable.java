package karuta.guard.client;

/// The guard gave no verdict: it is not there, busy, or failed. Whether it judged is unknown to the caller; the same
/// call, made again, is told what it judged and costs nothing.
public final class GuardUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public GuardUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public GuardUnavailable(String message) {
    super(message);
  }
}
