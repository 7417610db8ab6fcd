package karuta.demo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.demo.CardMakers;
import karuta.demo.Ceremony;
import karuta.demo.Home;
import karuta.demo.Steps;
import karuta.demo.WholeStack;
import karuta.demo.process.Child;
import karuta.demo.process.Commands;
import karuta.demo.process.Program;
import karuta.demo.process.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karuta measure-batch`: what `karuta batch issue` costs, for batches of several sizes with one heap.
@Command(
    name = "measure-batch",
    sortOptions = false,
    description =
        "Measures karuta batch issue on a SoftHSM token: cards a second, the most memory the"
            + " process ever held (VmHWM, so Linux only), and the size of what it made. Everything"
            + " lies in a temporary directory, which is removed at the end.",
    mixinStandardHelpOptions = true)
final class MeasureBatchCommand implements Callable<Integer> {
  @Option(
      names = "--heap",
      defaultValue = "128m",
      description = "the process's heap (default: ${DEFAULT-VALUE})")
  private String heap = "128m";

  @Parameters(
      paramLabel = "CARDS",
      defaultValue = "1000 10000",
      split = " ",
      description = "sizes of the batches (default: ${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of();

  @Spec private CommandSpec spec;

  /// What one batch cost.
  private record Cost(double seconds, long memory) {}

  @Override
  public Integer call() throws Exception {
    var home = Home.temporary("measure");
    var programs = Programs.built();
    var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
    try (var issuer = WholeStack.custodians(programs, home, home.issuer());
        var verifier = WholeStack.custodians(programs, home, home.verifier())) {
      new Ceremony(home, issuer, verifier, new Steps(System.err)).hold();
      measure(home, programs, issuer, out);
      return 0;
    } finally {
      home.delete();
    }
  }

  private void measure(Home home, Programs programs, Commands issuer, PrintWriter out)
      throws IOException, InterruptedException {
    out.printf("heap %s, %d processors%n", heap, Runtime.getRuntime().availableProcessors());
    out.printf(
        "%9s %9s %9s %13s %11s %14s%n",
        "cards", "seconds", "cards/s", "memory, MB", "bundle, MB", "print job, MB");
    for (var cards : sizes) {
      var batch = "m-" + cards;
      issuer.done(
          "layout-key",
          "create",
          "--token",
          home.path("issuer/token.toml").toString(),
          "--batch",
          batch);
      var cost = issue(home, programs, batch, cards);
      var made = home.batches().resolve(batch);
      out.printf(
          "%9d %9.0f %9.0f %13d %11d %14d%n",
          cards,
          cost.seconds(),
          cards / cost.seconds(),
          cost.memory() / 1024,
          Files.size(made.resolve(batch + ".bundle")) / 1_000_000,
          Files.size(made.resolve(batch + ".printjob")) / 1_000_000);
      out.flush();
    }
  }

  private Cost issue(Home home, Programs programs, String batch, int cards)
      throws IOException, InterruptedException {
    var subjects = home.path(batch + ".csv");
    Files.writeString(
        subjects,
        IntStream.rangeClosed(1, cards)
            .mapToObj(number -> "S-" + number + ",1\n")
            .collect(Collectors.joining("", "subject,generation\n", "")));
    var jvm = new ArrayList<>(programs.jvm(Program.CUSTODIANS));
    jvm.add(1, "-Xmx" + heap);
    var command = CardMakers.issueCommand(home, batch, subjects);
    var begun = System.nanoTime();
    try (var issuing =
        Child.start(
            jvm,
            Program.CUSTODIANS.main(),
            Child.Place.of(home.chainLog()).withToken(home.issuer()),
            command)) {
      var memory = 0L;
      while (issuing.alive()) {
        memory = Math.max(memory, mostMemory(issuing.pid()));
        TimeUnit.MILLISECONDS.sleep(200);
      }
      if (issuing.exitCode() != 0) {
        throw issuing.failed("batch issue ended with " + issuing.exitCode());
      }
      return new Cost((System.nanoTime() - begun) / 1e9, memory);
    }
  }

  /// The most memory a process ever held, in kB; 0 when it has ended.
  private static long mostMemory(long process) {
    try (var lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
