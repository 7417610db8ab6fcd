package karuta.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  /// A file cannot be read.
  ///
  /// @param file as it was named
  public static CommandFailed unreadable(Path file, IOException why) {
    var text =
        switch (why) {
          case NoSuchFileException _ -> "no such file or directory";
          case AccessDeniedException _ -> "no permission to read it";
          default -> "it cannot be read: " + why.getMessage();
        };
    return new CommandFailed(ExitCode.USAGE, file + ": " + text, why);
  }

  /// As the exit code of the command.
  public int exitCode() {
    return exitCode;
  }
}
