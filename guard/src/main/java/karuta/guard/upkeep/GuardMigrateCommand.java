package karuta.guard.upkeep;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseSettings.Password;
import karuta.database.DatabaseUnavailable;
import karuta.guard.config.GuardConfigReader;
import karuta.guard.journal.Journal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta guard migrate`.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the tables of the journal up to date with this program, as the role that owns them.",
      "",
      "For a journal on PostgreSQL: a guard makes and changes no table itself. Give this command with every new version, before the"
          + " guard is started, and then the grants of docs/operations.md. A SQLite file has no roles, and the guard does it itself.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta guard migrate --config guard.toml --user karuta_guard_owner --password-file owner-password",
      "",
      "Exit codes: 0 up to date, 2 usage or configuration, also a journal that cannot be reached"
    })
public final class GuardMigrateCommand implements Callable<Integer> {
  /// Who owns the tables; where the tables are for development only, the guard's own role may.
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
      description = "the configuration of the guard, for its journal")
  private @Nullable Path config;

  @ArgGroup(exclusive = false)
  private @Nullable Owner owner;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var journal = GuardConfigReader.read(Objects.requireNonNull(config)).journal();
    var given = owner;
    try {
      Database.migrate(
          given == null ? journal : journal.as(given.user, password(given)), Journal.TABLES);
    } catch (DatabaseUnavailable unavailable) {
      throw Journal.unusable(unavailable);
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
