package karuta.server;

import org.jspecify.annotations.Nullable;

/// The server does not start. The message says why and what to do; the exit code tells a supervisor whether trying again can help.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StartRefused(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// The keys are not what the policy says: 1.
  static StartRefused policy(String message) {
    return new StartRefused(1, message, null);
  }

  /// The configuration names something that cannot be used: 2.
  static StartRefused configuration(String message, @Nullable Throwable cause) {
    return new StartRefused(2, message, cause);
  }

  /// The token is not there, or not to be trusted: 3.
  static StartRefused token(@Nullable String message, @Nullable Throwable cause) {
    return new StartRefused(3, message == null ? "the token cannot be used" : message, cause);
  }

  /// As the exit code of the command.
  public int exitCode() {
    return exitCode;
  }
}
