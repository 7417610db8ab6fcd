package karuta.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import karuta.benchmarks.report.Report;
import karuta.benchmarks.stack.MeasuredStack;
import karuta.benchmarks.stack.StoreKind;
import karuta.demo.process.Program;
import karuta.demo.process.Programs;

/// How long programs take until they can be used: a command that only says what it is, guard and server on what they
/// have on disk.
final class Starts {
  private static final int TIMES = 5;

  private final Report report;

  Starts(Report report) {
    this.report = report;
  }

  /// `--help` of a program, and a JVM that does nothing.
  void commands(Programs programs) throws IOException, InterruptedException {
    for (var i = 0; i < TIMES; i++) {
      var jvm = programs.jvm(Program.CUSTODIANS);
      report.add("start / a JVM, --version", "s", seconds(List.of(jvm.getFirst(), "--version")));
      var help = new ArrayList<>(jvm);
      help.add(Program.CUSTODIANS.main());
      help.add("--help");
      report.add("start / karuta --help", "s", seconds(help));
    }
  }

  private static double seconds(List<String> words) throws IOException, InterruptedException {
    var begun = System.nanoTime();
    var process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(words.getLast() + " ended with " + code);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  /// Guard and server on an existing journal and store.
  void services(StoreKind kind, MeasuredStack stack) {
    for (var i = 0; i < TIMES; i++) {
      report.add(
          kind.label() + " / start / guard listens", "s", stack.restartGuard().toMillis() / 1e3);
      report.add(
          kind.label() + " / start / server is ready", "s", stack.restartServer().toMillis() / 1e3);
    }
  }
}
