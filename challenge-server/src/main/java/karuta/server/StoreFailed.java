package karuta.server;

import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;

/// Failures of the store, as the message and exit code of a command.
final class StoreFailed {
  private StoreFailed() {}

  /// The store cannot be opened by who serves: something has to be put right first, unless its database is only away.
  static CommandFailed unserved(DatabaseUnavailable unavailable) {
    return unavailable.away()
        ? new CommandFailed(
            ExitCode.INTERRUPTED,
            "the store is not to be had now: " + unavailable.getMessage(),
            unavailable)
        : unusable(unavailable);
  }

  /// The store cannot be opened: something has to be put right first.
  static CommandFailed unusable(DatabaseUnavailable unavailable) {
    return new CommandFailed(
        ExitCode.USAGE, "the store cannot be used: " + unavailable.getMessage(), unavailable);
  }

  /// The store was there and has gone: the same command goes on later.
  static CommandFailed interrupted(DatabaseUnavailable unavailable) {
    return new CommandFailed(
        ExitCode.INTERRUPTED,
        "the store does not answer, give the command again: " + unavailable.getMessage(),
        unavailable);
  }
}
