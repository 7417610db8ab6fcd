package karuta.server;

import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;

/// Failures of the store, as the message and exit code of a command.
final class StoreFailed {
  private StoreFailed() {}

  /// The store cannot be opened: something has to be put right first, unless its database is only away.
  static CommandFailed unusable(DatabaseUnavailable unavailable) {
    var away = unavailable.away();
    return new CommandFailed(
        away ? ExitCode.INTERRUPTED : ExitCode.USAGE,
        "the store %s: %s"
            .formatted(away ? "is not to be had now" : "cannot be used", unavailable.getMessage()),
        unavailable);
  }

  /// The store was there and has gone: the same command goes on later.
  static CommandFailed interrupted(DatabaseUnavailable unavailable) {
    return new CommandFailed(
        ExitCode.INTERRUPTED,
        "the store does not answer, give the command again: " + unavailable.getMessage(),
        unavailable);
  }
}
