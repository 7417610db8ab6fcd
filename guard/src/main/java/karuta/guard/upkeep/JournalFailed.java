package karuta.guard.upkeep;

import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;

/// What a command says when the journal does not answer in the middle of its work.
final class JournalFailed {
  private JournalFailed() {}

  /// The command may be given again.
  static CommandFailed interrupted(DatabaseUnavailable unavailable) {
    return new CommandFailed(
        ExitCode.INTERRUPTED,
        "the journal did not answer; give the same command again: " + unavailable.getMessage(),
        unavailable);
  }
}
