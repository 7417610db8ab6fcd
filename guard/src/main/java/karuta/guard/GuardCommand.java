package karuta.guard;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import karuta.approval.ApproveCommand;
import karuta.command.ConfigOrExample;
import karuta.command.ExitCode;
import karuta.command.OrderlyEnd;
import karuta.guard.config.GuardConfig;
import karuta.guard.config.GuardConfigReader;
import karuta.guard.officers.GuardApplyCommand;
import karuta.guard.officers.GuardRequestCommand;
import karuta.guard.upkeep.GuardFoldCommand;
import karuta.guard.upkeep.GuardMigrateCommand;
import karuta.guard.upkeep.GuardVerifyCommand;
import karuta.guard.upkeep.SealingToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta guard`: judges answers until it is stopped.
@Command(
    name = "guard",
    mixinStandardHelpOptions = true,
    subcommands = {
      GuardMigrateCommand.class,
      GuardVerifyCommand.class,
      GuardFoldCommand.class,
      GuardRequestCommand.class,
      ApproveCommand.class,
      GuardApplyCommand.class
    },
    description = {
      "Judges answers for a challenge server on the same machine, over a Unix domain socket, and signs what it judged.",
      "",
      "It alone holds the verifier token and its PIN, and counts what it judges in a journal that no server can write. Before it"
          + " listens it tests the token: keys that break the policy and tokens that fail the self-test are refused. It ends in"
          + " order on SIGTERM or SIGINT, and at once, with exit code 6, when a call to the token's library hangs: have a"
          + " supervisor start it again.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta guard --example > guard.toml",
      "  karuta guard --config guard.toml --check",
      "  karuta guard --config guard.toml",
      "",
      "Exit codes: 0 ended in order, 1 the keys break the policy, 2 usage or configuration, "
          + "also a journal that another guard has, 3 the token is missing or fails its self-test, "
          + "6 a call to the token hangs"
    })
final class GuardCommand implements Callable<Integer>, SealingToken.Opener {
  private static final Logger LOG = LoggerFactory.getLogger(GuardCommand.class);

  @ArgGroup(multiplicity = "0..1")
  private @Nullable ConfigOrExample what;

  @Option(
      names = "--check",
      description = "read and check the configuration, touch nothing, and end")
  private boolean check;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (what == null) {
      commandLine().usage(commandLine().getErr());
      return ExitCode.USAGE;
    }
    var file = what.config();
    if (file == null) {
      out().print(ConfigOrExample.example(GuardCommand.class, "/karuta/guard/example.toml"));
      out().flush();
      return ExitCode.DONE;
    }
    var config = GuardConfigReader.read(file);
    if (check) {
      out().println(file + ": in order");
      return ExitCode.DONE;
    }
    var guarding = Guarding.start(config, GuardCommand::endAtOnce);
    OrderlyEnd.withTheProcess(guarding::close);
    out().printf("guarding %s as %s%n", guarding.path(), config.name());
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  /// Ends the process where a call hangs, as a guard does.
  @Override
  public SealingToken open(GuardConfig config) {
    return new BesideGuard(config, GuardCommand::endAtOnce);
  }

  /// No hook is run: closing would wait for the very call that hangs.
  private static void endAtOnce(int exitCode, String why) {
    LOG.error("{}; this process ends", why);
    Runtime.getRuntime().halt(exitCode);
  }

  private picocli.CommandLine commandLine() {
    return spec.commandLine();
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }
}
