package karuta.provisioning.cli;

import static karuta.command.ExitCode.INTEGRITY;
import static karuta.command.ExitCode.INTERRUPTED;
import static karuta.command.ExitCode.REFUSED;
import static karuta.command.ExitCode.TOKEN;
import static karuta.command.ExitCode.USAGE;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import karuta.bundle.BundleException;
import karuta.command.CommandFailed;
import karuta.document.DocumentException;
import karuta.provisioning.batch.BatchRefused;
import karuta.provisioning.batch.Interrupted;
import karuta.settings.SettingsInvalid;
import karuta.token.KeyLimitReached;
import karuta.token.KeyNotFound;
import karuta.token.KeyPolicyViolation;
import karuta.token.PkcsFault;
import karuta.token.TokenAuthFailed;
import karuta.token.TokenException;
import karuta.token.TokenUnavailable;
import karuta.token.TokenUntrusted;

/// Turns a failure into an exit code and a message, once for all commands.
///
/// @param exitCode one of [karuta.command.ExitCode]
/// @param message one line for each problem, without secrets
record Failures(int exitCode, String message) {
  private static final int LINES = 5;

  static Failures of(Exception failure) {
    var text = String.valueOf(failure.getMessage());
    return switch (failure) {
      case CommandFailed e -> new Failures(e.exitCode(), text);
      case SettingsInvalid e -> new Failures(USAGE, text);
      case TokenException e -> of(e, text);
      case BatchRefused e -> new Failures(REFUSED, text);
      case Interrupted e -> new Failures(INTERRUPTED, text);
      case DocumentException e -> new Failures(INTEGRITY, text);
      case BundleException e -> new Failures(INTEGRITY, text);
      case NoSuchFileException e -> new Failures(USAGE, text + ": no such file or directory");
      case AccessDeniedException e -> new Failures(USAGE, text + ": no permission");
      case FileAlreadyExistsException e ->
          new Failures(USAGE, text + ": exists and is never overwritten; move it away first");
      case NotDirectoryException e -> new Failures(USAGE, text + ": not a directory");
      case IOException e -> new Failures(USAGE, text);
      case IllegalArgumentException e -> new Failures(USAGE, text);
      default -> new Failures(TOKEN, "internal error, please report it: " + where(failure));
    };
  }

  /// The kind of failure and the lines of code it passed, without its message: that one might quote a secret.
  private static String where(Exception failure) {
    var lines =
        Arrays.stream(failure.getStackTrace())
            .filter(line -> line.getClassName().startsWith("karuta."))
            .limit(LINES)
            .map(line -> "  at " + line)
            .toList();
    return failure.getClass().getName() + "\n" + String.join("\n", lines);
  }

  private static Failures of(TokenException failure, String text) {
    return switch (failure) {
      case KeyNotFound e -> new Failures(USAGE, text + "; make it first, or name another token");
      case KeyPolicyViolation e -> new Failures(REFUSED, text);
      case TokenUntrusted e -> new Failures(REFUSED, text);
      case KeyLimitReached e -> new Failures(REFUSED, text);
      case TokenUnavailable e -> new Failures(TOKEN, text);
      case TokenAuthFailed e -> new Failures(TOKEN, text);
      case PkcsFault e -> new Failures(TOKEN, text);
    };
  }
}
