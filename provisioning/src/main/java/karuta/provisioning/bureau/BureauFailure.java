package karuta.provisioning.bureau;

import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.provisioning.print.PrintJobException;
import karuta.provisioning.print.PrintJobException.Reason;
import picocli.CommandLine.Model.CommandSpec;

/// What went wrong, in words and as an exit code: the one place where the bureau's commands map failures.
final class BureauFailure {
  private BureauFailure() {}

  /// Prints the message; returns the exit code.
  static int tell(CommandSpec spec, Exception failure) {
    var message =
        switch (failure) {
          case FileAlreadyExistsException e -> e.getFile() + " exists; name one that does not";
          case NoSuchFileException e -> e.getFile() + " does not exist";
          case InterruptedIOException e ->
              "interrupted; nothing was kept, run the same command again";
          default -> String.valueOf(failure.getMessage());
        };
    spec.commandLine().getErr().println("karuta: " + message);
    return switch (failure) {
      case CommandFailed e -> e.exitCode();
      case PrintJobException e -> exitCode(e.reason());
      case InterruptedIOException e -> ExitCode.INTERRUPTED;
      default -> ExitCode.USAGE;
    };
  }

  private static int exitCode(Reason reason) {
    return switch (reason) {
      case EXPIRED -> ExitCode.REFUSED;
      case UNUSABLE_KEY -> ExitCode.USAGE;
      case DAMAGED, NOT_FOR_THIS_KEY, WRONG_SIGNER -> ExitCode.INTEGRITY;
    };
  }
}
