package karuta.server;

import java.util.concurrent.Callable;
import karuta.command.ExitCode;
import karuta.command.OwnerOptions;
import karuta.database.DatabaseUnavailable;
import karuta.server.config.ServerConfigOption;
import karuta.server.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta migrate`: brings the tables of a PostgreSQL database up to date.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the tables of the store up to date with this program, as the role that owns them.",
      "",
      "On PostgreSQL the server itself makes and changes no table: its own role owns none, so that whoever owns the server can"
          + " neither drop a table nor change a row of the audit. Give this command with every new version, before the server is"
          + " started, and then the grants of docs/operations.md. A SQLite file has no roles, and the server does it itself.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta migrate --config server.toml --user karuta_owner \\",
      "    --password-file owner-password",
      "",
      "Exit codes: 0 up to date, 2 usage or configuration, 4 the store's PostgreSQL is not to be "
          + "had now, give the command again"
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private ServerConfigOption config;

  @ArgGroup(exclusive = false)
  private @Nullable OwnerOptions owner;

  @Option(
      names = "--new",
      description =
          "make the tables, though the PostgreSQL database has those of another store in another schema")
  private boolean another;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var store = config.read().store();
    var given = owner;
    try {
      var settings = given == null ? store : store.as(given.user(), given.passwordFile());
      if (another) {
        Store.migrateOrMake(settings);
      } else {
        Store.migrate(settings);
      }
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.unusable(unavailable);
    }
    spec.commandLine().getOut().println("the tables are up to date");
    return ExitCode.DONE;
  }
}
