package karuta.guard.upkeep;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.guard.client.ChainHead;
import karuta.guard.config.GuardConfig;
import karuta.guard.journal.Journal;
import karuta.guard.officers.GuardConfigOption;
import karuta.guard.sign.Signing;
import karuta.guard.upkeep.JournalCheck.Report;
import karuta.guard.verifier.End;
import karuta.guard.verifier.WatchedToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta guard verify`: checks that a journal's entries agree with each other.
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
      "",
      "Where old judgements were folded, it begins at the checkpoint that was signed over what they came to. The keys for that are in the token,"
          + " or in a file.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta guard verify --config guard.toml --known guard-1:12:Qm9...",
      "",
      "Exit codes: 0 the journal is in order, 1 the token is asked for its keys and they break "
          + "the policy, 2 usage or configuration, 3 the token is asked for its keys and missing, "
          + "4 the journal did not answer, or is not to be had now, 5 the journal is not in order, "
          + "6 a call to the token hangs"
    })
public final class GuardVerifyCommand implements Callable<Integer> {
  @Mixin private GuardConfigOption config;

  @Mixin private KnownHeads known;

  @Option(
      names = "--seal-keys",
      paramLabel = "FILE",
      description =
          "the keys that seals verify under, as a server publishes them at /.well-known/seal-keys.json; the token's, if not given")
  private @Nullable Path sealKeys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var settings = config.readWithoutPin();
    var report = check(settings, known.all());
    report.broken().forEach(what -> err().println("karuta: " + what));
    if (report.found() > report.broken().size()) {
      err().println("karuta: and %d more".formatted(report.found() - report.broken().size()));
    }
    if (report.checkpoint().number() > 0) {
      out()
          .println(
              "checkpoint %d: %d judgements of %d cards are folded"
                  .formatted(
                      report.checkpoint().number(),
                      report.checkpoint().rows(),
                      report.checkpoint().cards()));
    }
    report
        .folded()
        .forEach(
            head ->
                out()
                    .println(
                        "known head %s:%d is folded: nobody can look for it any more"
                            .formatted(head.guard(), head.sequence())));
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

  private Report check(GuardConfig settings, List<ChainHead> heads) {
    try (var database = Database.openExisting(settings.journal(), Journal.TABLES)) {
      return check(settings, database, heads);
    } catch (DatabaseUnavailable unavailable) {
      throw Journal.unusable(unavailable);
    }
  }

  private Report check(GuardConfig settings, Database database, List<ChainHead> heads) {
    try {
      return JournalCheck.folded(database)
          ? JournalCheck.of(database, heads, keys(settings))
          : JournalCheck.of(database, heads);
    } catch (DatabaseUnavailable unavailable) {
      throw JournalFailed.interrupted(unavailable);
    }
  }

  private JWKSet keys(GuardConfig settings) {
    var file = sealKeys;
    if (file == null) {
      try (var watched = WatchedToken.open(settings, Clock.systemUTC(), End::process)) {
        return Folding.keys(
            new Signing(watched.token().judging(), settings.issuer(), settings.receiptLife()));
      }
    }
    try {
      return JWKSet.load(file.toFile());
    } catch (IOException | ParseException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "no keys can be read from %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
