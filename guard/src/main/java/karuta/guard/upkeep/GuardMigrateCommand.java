package karuta.guard.upkeep;

import java.util.concurrent.Callable;
import karuta.command.ExitCode;
import karuta.command.OwnerOptions;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.guard.journal.Journal;
import karuta.guard.officers.GuardConfigOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `karuta guard migrate`: brings the journal's tables in PostgreSQL up to date.
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
      "  karuta guard migrate --config guard.toml --user karuta_guard_owner \\",
      "    --password-file owner-password",
      "",
      "Exit codes: 0 up to date, 2 usage or configuration, 4 the journal's PostgreSQL is not to "
          + "be had now, give the command again"
    })
public final class GuardMigrateCommand implements Callable<Integer> {
  @Mixin private GuardConfigOption config;

  @ArgGroup(exclusive = false)
  private @Nullable OwnerOptions owner;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var journal = config.readWithoutPin().journal();
    var given = owner;
    try {
      Database.migrate(
          given == null ? journal : journal.as(given.user(), given.passwordFile()), Journal.TABLES);
    } catch (DatabaseUnavailable unavailable) {
      throw Journal.unusable(unavailable);
    }
    spec.commandLine().getOut().println("the tables are up to date");
    return ExitCode.DONE;
  }
}
