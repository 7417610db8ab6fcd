package karuta.guard.officers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.DocumentException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta guard apply`: carries out a request that enough officers have approved.
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Carries out a request that enough officers have approved: all of it or nothing, once. The guard may run meanwhile.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta guard apply --config guard.toml --request officers.request \\",
      "      --approval officer-1.approval --approval officer-2.approval",
      "",
      "Exit codes: 0 carried out, 1 refused, nothing was changed, 2 usage or configuration, "
          + "4 the journal's PostgreSQL is not to be had now, give the command again, 5 a file is "
          + "damaged"
    })
public final class GuardApplyCommand implements Callable<Integer> {
  @Mixin private GuardConfigOption config;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      required = true,
      description = "what karuta guard request wrote")
  private Path request;

  @Option(
      names = "--approval",
      paramLabel = "FILE",
      required = true,
      description = "what karuta guard approve wrote, one for each officer")
  private List<Path> approvals = List.of();

  @Option(
      names = "--rebuild",
      paramLabel = "FILE",
      description = "the file of judged cards, for a request that is about one")
  private Optional<Path> judged = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var settings = config.readWithoutPin();
    var officers = GuardRequestCommand.officers(settings);
    var read = request(request);
    var given = approvals.stream().map(GuardApplyCommand::approval).toList();
    var done =
        GuardRequestCommand.with(
            settings,
            (acts, time) -> {
              officers.remarks(time.instant()).forEach(this::note);
              return acts.apply(officers, read, given, judged);
            });
    var out = spec.commandLine().getOut();
    out.println("carried out: number %d for %s".formatted(read.number(), read.addressee()));
    out.println(done);
    return ExitCode.DONE;
  }

  private void note(String text) {
    spec.commandLine().getErr().println("karuta: " + text);
  }

  private static ApprovalRequest request(Path file) {
    try {
      return ApprovalRequest.read(file);
    } catch (DocumentException e) {
      throw new CommandFailed(ExitCode.INTEGRITY, e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }

  private static Approval approval(Path file) {
    try {
      return Approval.in(file);
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }
}
