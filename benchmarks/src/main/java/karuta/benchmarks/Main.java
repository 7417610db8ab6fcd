package karuta.benchmarks;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.benchmarks.load.Protocol;
import karuta.benchmarks.report.Machine;
import karuta.benchmarks.report.Report;
import karuta.benchmarks.stack.MeasuredStack;
import karuta.benchmarks.stack.StoreKind;
import karuta.command.CommandLines;
import karuta.command.ExitCode;
import karuta.demo.process.Programs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./karuta bench`.
@Command(
    name = "bench",
    sortOptions = false,
    description =
        "Measures guard, server and database on this machine, and in the same run what a bare"
            + " server, the least statements and the bare token calls come to. What counts is the"
            + " ratio of the two: how many authentications a second a machine makes says as much of"
            + " the machine. Everything lies in a temporary directory, which is removed.",
    footer = "%nExit codes: 0 measured, 1 a verdict was not the answer's, 2 usage",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private static final int QUICK_CARDS = 2_000;
  private static final Duration QUICK_TIME = Duration.ofSeconds(4);

  @Option(names = "--quick", description = "few cards, one short round: some minutes")
  private boolean quick;

  @Option(
      names = "--store",
      paramLabel = "KIND",
      split = ",",
      description = "SQLITE, POSTGRESQL, or both with a comma between (default: both)")
  private List<StoreKind> stores = Arrays.asList(StoreKind.values());

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      split = ",",
      description = "of ${COMPLETION-CANDIDATES} (default: all)")
  private List<Protocol> protocols = Arrays.asList(Protocol.values());

  @Option(
      names = "--cards",
      paramLabel = "N",
      defaultValue = "200000",
      description = "cards in use (default: ${DEFAULT-VALUE})")
  private int cards;

  @Option(
      names = "--callers",
      paramLabel = "N",
      defaultValue = "32",
      description = "callers at once (default: ${DEFAULT-VALUE})")
  private int callers;

  @Option(
      names = "--wrong",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description = "of the answers are wrong (default: ${DEFAULT-VALUE})")
  private int wrong;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "rounds, of which the middle one counts (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long each measurement takes (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "writes what was measured as JSON, to a new file")
  private @Nullable Path out;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "prints the ratio of each quantity to that of an earlier run, from its JSON")
  private @Nullable Path earlier;

  @Spec private CommandSpec spec;

  private Main() {}

  /// Runs it and ends the process.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    line.setUsageHelpWidth(CommandLines.WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          command.getErr().println("karuta: " + failure.getMessage());
          return ExitCode.REFUSED;
        });
    return line;
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    requireSense();
    var report = new Report(Machine.here());
    var vertx = Vertx.vertx();
    try {
      new Starts(report).commands(Programs.built());
      for (var kind : stores) {
        measure(kind, vertx, report);
      }
    } finally {
      vertx.close().await();
    }
    var printer = command().getOut();
    report.print(printer);
    if (earlier != null) {
      report.compare(earlier, printer);
    }
    if (out != null) {
      report.write(out);
    }
    return ExitCode.DONE;
  }

  /// Nothing is measured for minutes to find out at its end that it cannot be written.
  private void requireSense() {
    if (cards < callers || callers < 1 || rounds < 1 || seconds < 1 || wrong < 0 || wrong > 100) {
      throw new ParameterException(
          command(),
          "there is at least one caller, a card for each, a round, a second; and up to 100 percent are wrong");
    }
    if (out != null && Files.exists(out)) {
      throw new ParameterException(command(), out + " is there already");
    }
    if (earlier != null) {
      try {
        new Report(Machine.here()).compare(earlier, new PrintWriter(Writer.nullWriter()));
      } catch (IllegalArgumentException | IOException e) {
        throw new ParameterException(command(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  private void measure(StoreKind kind, Vertx vertx, Report report)
      throws IOException, SQLException {
    var count = quick ? Math.min(cards, QUICK_CARDS) : cards;
    Progress progress = what -> say(kind.label() + ": " + what);
    progress.say("making %,d cards".formatted(count));
    try (var stack = new MeasuredStack(kind, count, Programs.built())) {
      report.add(
          kind.label() + " / import, cards", "1/s", count / (stack.imported().toMillis() / 1e3));
      var time = quick ? QUICK_TIME : Duration.ofSeconds(seconds);
      var setting = new Setting(protocols, callers, wrong / 100.0, quick ? 1 : rounds, time);
      new Throughput(kind, stack, setting, report, progress).measure(vertx);
      new Pace(kind, stack, setting, report, progress).measure(vertx);
      progress.say("starts");
      new Starts(report).services(kind, stack);
    }
  }

  private void say(String what) {
    command().getErr().println("karuta: " + what);
  }

  private CommandLine command() {
    return Optional.ofNullable(spec).orElseThrow().commandLine();
  }
}
