package karuta.guard;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import karuta.approval.ApproveCommand;
import karuta.command.ConfigOrExample;
import karuta.command.ExitCode;
import karuta.command.OrderlyEnd;
import karuta.guard.config.GuardConfigReader;
import karuta.guard.officers.GuardApplyCommand;
import karuta.guard.officers.GuardRequestCommand;
import karuta.guard.upkeep.GuardFoldCommand;
import karuta.guard.upkeep.GuardMigrateCommand;
import karuta.guard.upkeep.GuardVerifyCommand;
import karuta.guard.upkeep.KnownHead;
import karuta.guard.upkeep.KnownHeads;
import karuta.guard.verifier.End;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " listens it tests the token: keys that break the policy and tokens that fail the self-test are refused; and it holds the"
          + " journal against what the token remembers of it. It ends in order on SIGTERM or SIGINT, and at once, with exit code 6,"
          + " when a call to the token's library hangs: have a supervisor start it again. How: docs/operations.md.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  karuta guard --example > guard.toml",
      "  karuta guard --config guard.toml --check",
      "  karuta guard --config guard.toml",
      "  karuta guard --config guard.toml --known-file known",
      "",
      "Exit codes: 0 ended in order, 1 the keys break the policy, 2 usage or configuration, "
          + "also a PIN that the token refuses and a SQLite journal that another guard has, 3 the token is "
          + "missing or fails its self-test, 4 the journal's PostgreSQL is not to be had now, or "
          + "another guard has the name there, 5 the journal is older than what the token remembers "
          + "or --known says, 6 a call to the token hangs, 70 a defect, or a Java that does not "
          + "start; start it again after 3, 4, 6 and 70"
    })
final class GuardCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(GuardCommand.class);

  @ArgGroup(multiplicity = "0..1")
  private @Nullable ConfigOrExample what;

  @Option(
      names = "--check",
      description = "read and check the configuration, touch nothing, and end")
  private boolean check;

  @Mixin private KnownHeads known;

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
    var now = InstantSource.system().instant();
    config.officers().ifPresent(officers -> officers.remarks(now).forEach(LOG::warn));
    var heads = known.all();
    if (check) {
      out().println(file + ": in order");
      return ExitCode.DONE;
    }
    var guarding =
        Guarding.start(
            config,
            journal -> heads.forEach(head -> KnownHead.require(journal, head)),
            End::process);
    OrderlyEnd.withTheProcess(guarding::close);
    out().printf("guarding %s as %s%n", guarding.path(), config.name());
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private picocli.CommandLine commandLine() {
    return spec.commandLine();
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }
}
