package karuta.provisioning.bureau;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import karuta.provisioning.print.PrintJobException;
import karuta.provisioning.print.PrintJobException.Reason;
import picocli.CommandLine.Model.CommandSpec;

/// What went wrong, in words and as an exit code: the one place where the bureau's commands map failures.
final class BureauFailure {
  private BureauFailure() {}

  /// Prints the message; returns the exit code.
  static int tell(CommandSpec spec, IOException failure) {
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
      case PrintJobException e -> exitCode(e.reason());
      case InterruptedIOException e -> 4;
      default -> 2;
    };
  }

  private static int exitCode(Reason reason) {
    return switch (reason) {
      case EXPIRED -> 1;
      case UNUSABLE_KEY -> 2;
      case DAMAGED, NOT_FOR_THIS_KEY, WRONG_SIGNER -> 5;
    };
  }
}
