package karuta.command;

import org.jspecify.annotations.Nullable;

/// A command cannot do what it was asked. The message says why and what to do next; the exit code tells scripts and
/// supervisors whether trying again can help.
public class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /// @param exitCode one of [ExitCode], and not [ExitCode#DONE]
  public CommandFailed(int exitCode, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// A policy says no; nothing was changed.
  public static CommandFailed refused(String message) {
    return new CommandFailed(ExitCode.REFUSED, message, null);
  }

  /// What was asked for cannot be done with what is there.
  public static CommandFailed usage(String message) {
    return new CommandFailed(ExitCode.USAGE, message, null);
  }

  /// As the exit code of the command.
  public int exitCode() {
    return exitCode;
  }
}
