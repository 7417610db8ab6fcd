package karuta.guard.upkeep;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.guard.client.ChainHead;
import karuta.guard.config.GuardConfigOption;
import karuta.guard.journal.Journal;
import karuta.guard.upkeep.JournalCheck.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `karuta guard verify`.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Goes through every judgement of the journal: its hash, its place in the chains of its guard and of its card, and what is counted"
          + " of each card and of all together. Changed, added and removed rows are found, and counters that were set back. The guard"
          + " may run meanwhile.",
      "",
      "Whoever puts back a whole journal, or writes all of it anew, leaves no trace in it. That is found by a head that was known before:"
          + " a guard writes its head into its log, as in `journal head: guard-1:12:Qm9...`, and this command ends with the head of every"
          + " guard.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta guard verify --config guard.toml --known guard-1:12:Qm9...",
      "",
      "Exit codes: 0 the journal is in order, 2 usage or configuration, 4 the journal did not answer,",
      "5 the journal is not in order"
    })
public final class GuardVerifyCommand implements Callable<Integer> {
  @Mixin private GuardConfigOption config;

  @Option(
      names = "--known",
      paramLabel = "GUARD:NUMBER:HASH",
      converter = KnownHead.class,
      description = "a head as the log or an earlier run told it; as often as you like")
  private List<ChainHead> known = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var report = check(config.read().journal());
    report.broken().forEach(what -> err().println("karuta: " + what));
    if (report.found() > report.broken().size()) {
      err().println("karuta: and %d more".formatted(report.found() - report.broken().size()));
    }
    out().println("judgements: " + report.rows());
    report
        .heads()
        .forEach(
            head ->
                out()
                    .println(
                        "journal head: %s:%d:%s"
                            .formatted(head.guard(), head.sequence(), head.hash())));
    return report.found() == 0 ? ExitCode.DONE : ExitCode.INTEGRITY;
  }

  private Report check(DatabaseSettings settings) {
    try (var database = Database.openExisting(settings, Journal.TABLES)) {
      return check(database);
    } catch (DatabaseUnavailable unavailable) {
      throw Journal.unusable(unavailable);
    }
  }

  private Report check(Database database) {
    try {
      return JournalCheck.of(database, known);
    } catch (DatabaseUnavailable unavailable) {
      throw new CommandFailed(
          ExitCode.INTERRUPTED,
          "the journal did not answer; give the same command again: " + unavailable.getMessage(),
          unavailable);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// Reads `guard-1:12:Qm9...`.
  static final class KnownHead implements ITypeConverter<ChainHead> {
    private static final Pattern SHAPE =
        Pattern.compile("([a-z0-9][a-z0-9-]{0,31}):([1-9][0-9]{0,17}):([A-Za-z0-9_-]{43})");

    @Override
    public ChainHead convert(String text) {
      var parts = SHAPE.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is not GUARD:NUMBER:HASH, with 43 characters after the last colon");
      }
      return new ChainHead(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3));
    }
  }
}
