package karuta.guard.upkeep;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.command.OwnerOptions;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.InvariantBroken;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.config.GuardConfig;
import karuta.guard.journal.Journal;
import karuta.guard.officers.GuardConfigOption;
import karuta.guard.sign.Signing;
import karuta.guard.verifier.End;
import karuta.guard.verifier.OpenToken;
import karuta.guard.verifier.WatchedToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `karuta guard fold`: folds old judgements into a signed checkpoint, so that the journal stays small.
@Command(
    name = "fold",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps the journal small: what a card's old judgements came to stays, signed by the token, and their rows are removed. Nothing that is counted"
          + " changes: failures, spent draws and the chains go on from there. The guard may run meanwhile; the token is opened a second time.",
      "",
      "The last 20,000 judgements of each guard stay, whatever their age. Interrupted, it has done some of its steps, and the same command"
          + " does the others. Each step is a line of the log, with the checkpoint's digest.",
      "",
      "On PostgreSQL it works in a role that may remove judgements, which a guard's own may not; docs/operations.md has the grants.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta guard fold --config guard.toml --dry-run",
      "  karuta guard fold --config guard.toml --older-than 400",
      "",
      "Exit codes: 0 folded, or nothing to fold, 1 the keys break the policy, 2 usage or "
          + "configuration, 3 the token is missing or signs nothing, 4 interrupted, or the journal's "
          + "PostgreSQL is not to be had now: give the same command again, 5 the journal is not in "
          + "order: nothing more was folded, 6 a call to the token hangs"
    })
public final class GuardFoldCommand implements Callable<Integer> {
  private static final int STEPS_A_LINE = 100;

  @Mixin private GuardConfigOption config;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "400",
      description =
          "fold what was judged so long before the last judgement, at least 35: ${DEFAULT-VALUE}")
  private int days;

  @Option(names = "--dry-run", description = "say what would be folded, and change nothing")
  private boolean dry;

  @Option(
      names = "--pin-file",
      paramLabel = "FILE",
      description = "a file of mode 0600 with the token's PIN; the configuration's, if not given")
  private @Nullable Path pinFile;

  @ArgGroup(exclusive = false)
  private @Nullable OwnerOptions role;

  @Spec private CommandSpec spec;

  private long folded;
  private int steps;

  @Override
  public Integer call() {
    var age = Duration.ofDays(days);
    if (age.compareTo(FoldPlan.SHORTEST) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--older-than must be at least %d".formatted(FoldPlan.SHORTEST.toDays()));
    }
    var pin = pinFile;
    var settings = pin == null ? config.read() : config.read(pin);
    var journal = settings.journal();
    var given = role;
    try (var database =
            Database.openExisting(
                given == null ? journal : journal.as(given.user(), given.passwordFile()),
                Journal.TABLES);
        var watched = WatchedToken.open(settings, Clock.systemUTC(), End::process)) {
      return fold(settings, database, watched.token(), age);
    } catch (DatabaseUnavailable unavailable) {
      throw Journal.unusable(unavailable);
    }
  }

  private int fold(GuardConfig settings, Database database, OpenToken token, Duration age) {
    var signing = new Signing(token.judging(), settings.issuer(), settings.receiptLife());
    var folding = new Folding(database, signing, settings.issuer(), Clock.systemUTC());
    try {
      var plan = folding.plan(age, FoldPlan.KEPT, RememberedHead.of(token, settings.name()));
      say(plan);
      if (!dry && plan.rows() > 0) {
        out().println("folded: %d".formatted(folding.fold(plan, step -> told(step, plan))));
      }
      return ExitCode.DONE;
    } catch (DatabaseUnavailable unavailable) {
      throw JournalFailed.interrupted(unavailable);
    } catch (GuardUnavailable unavailable) {
      throw new CommandFailed(
          ExitCode.TOKEN, "nothing more is folded: " + unavailable.getMessage(), unavailable);
    } catch (InvariantBroken broken) {
      throw new CommandFailed(
          ExitCode.INTEGRITY,
          "nothing more is folded: %s; see karuta guard verify".formatted(broken.getMessage()),
          broken);
    }
  }

  private void say(FoldPlan plan) {
    for (var stretch : plan.stretches()) {
      out()
          .println(
              "to fold: %d judgements of guard %s, up to number %d, all before %s"
                  .formatted(stretch.rows(), stretch.guard(), stretch.to(), plan.before()));
    }
    if (plan.stretches().isEmpty()) {
      out().println("nothing to fold before %s".formatted(plan.before()));
    }
  }

  private void told(FoldStep step, FoldPlan plan) {
    folded += step.rows();
    if (++steps % STEPS_A_LINE == 0) {
      out().println("folded so far: %d of %d".formatted(folded, plan.rows()));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
