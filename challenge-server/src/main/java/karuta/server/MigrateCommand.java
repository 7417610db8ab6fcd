package karuta.server;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseSettings.Password;
import karuta.database.DatabaseUnavailable;
import karuta.server.config.ServerConfigReader;
import karuta.server.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta migrate`.
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
      "  karuta migrate --config server.toml --user karuta_owner --password-file owner-password",
      "",
      "Exit codes: 0 up to date, 2 usage or configuration, also a store that cannot be reached"
    })
final class MigrateCommand implements Callable<Integer> {
  /// Who owns the tables; where the tables are for development only, the server's own role may.
  static final class Owner {
    @Option(
        names = "--user",
        paramLabel = "NAME",
        required = true,
        description = "the role that owns the tables; the configuration's, if not given")
    private String user = "";

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        required = true,
        description = "a file of mode 0600 with its password")
    private @Nullable Path passwordFile;
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration of the server, for its store")
  private @Nullable Path config;

  @ArgGroup(exclusive = false)
  private @Nullable Owner owner;

  @Option(
      names = "--new",
      description =
          "make the tables, though the PostgreSQL database has those of another store in another schema")
  private boolean another;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var store = ServerConfigReader.read(Objects.requireNonNull(config)).store();
    var given = owner;
    try {
      var settings = given == null ? store : store.as(given.user, password(given));
      if (another) {
        Store.migrateOrMake(settings);
      } else {
        Store.migrate(settings);
      }
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.unusable(unavailable);
    }
    Objects.requireNonNull(spec).commandLine().getOut().println("the tables are up to date");
    return ExitCode.DONE;
  }

  private static Password password(Owner owner) {
    try {
      return Password.in(Objects.requireNonNull(owner.passwordFile));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "the password cannot be taken from its file: " + e.getMessage(), e);
    }
  }
}
