package karuta.repository;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The part of `scripts/repeat` after the build.
@Command(name = "repeat")
public final class Repeat implements Callable<Integer> {
  private static final int BUSY_LOOPS = 2;

  @Option(names = "-n", defaultValue = "20")
  private int times = 20;

  @Parameters(index = "0")
  private Path repository = Path.of("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "MODULE[:TESTS]")
  private List<String> named = List.of();

  @Spec private CommandSpec spec;

  private Repeat() {}

  /// Repeats tests and ends the process: 0 every run was green, 1 one was red, 2 usage.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Repeat());
    line.setParameterExceptionHandler(
        (wrong, _) -> {
          System.err.println("repeat: " + wrong.getMessage() + "; see scripts/repeat --help");
          return 2;
        });
    return line;
  }

  @Override
  public Integer call() throws Exception {
    var targets = targets();
    var now =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneOffset.UTC));
    var room = Files.createDirectories(repository.resolve("target/repeat").resolve(now));
    IntStream.range(0, BUSY_LOOPS).forEach(_ -> Thread.ofPlatform().daemon().start(Repeat::spin));
    var red = 0;
    for (var run = 1; run <= times; run++) {
      red += run(run, targets, room.resolve("run-" + run)) ? 0 : 1;
    }
    System.out.println(times + " runs, " + red + " red");
    return red == 0 ? 0 : 1;
  }

  private List<Target> targets() {
    if (times < 1) {
      throw usage("-n wants a number of runs, such as -n 20");
    }
    var targets = new ArrayList<Target>();
    for (var name : named) {
      try {
        targets.add(Target.parse(name));
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()));
      }
      var module = targets.getLast().module();
      if (!targets.getLast().isAll()
          && !Files.isDirectory(repository.resolve(module + "/src/test"))) {
        throw usage("there is no module '" + module + "' with tests");
      }
    }
    return targets;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  private boolean run(int number, List<Target> targets, Path room)
      throws IOException, InterruptedException {
    var begun = Instant.now();
    var told = new StringBuilder();
    var failures = new ArrayList<String>();
    for (var target : targets) {
      var place = Files.createDirectories(room.resolve(target.toString().replaceAll("\\W+", "-")));
      var code = run(target, place);
      var log = new RunLog(lines(place.resolve("log")));
      told.append("  ").append(target).append(": ").append(log.tests()).append(" tests");
      if (code != 0) {
        keepReports(target, place);
        failures.add(place.resolve("log").toString());
        failures.addAll(log.failures());
      }
    }
    System.out.printf(
        "%" + Integer.toString(times).length() + "d of %d  %s %5d s%s%n",
        number,
        times,
        failures.isEmpty() ? "green" : "red  ",
        Duration.between(begun, Instant.now()).toSeconds(),
        told);
    failures.forEach(line -> System.out.println("    " + line));
    return failures.isEmpty();
  }

  /// Whoever interrupts this interrupts what it started as well: the terminal tells both, or the hook does.
  private int run(Target target, Path place) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(target.command(repository, place))
            .directory(repository.resolve(target.isAll() ? "" : target.module()).toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("log").toFile())
            .start();
    var hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
    var code = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(hook);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return code;
  }

  /// Whatever else a run printed, it is read as text.
  private static List<String> lines(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
  }

  private void keepReports(Target target, Path place) throws IOException {
    if (!target.isAll()) {
      return;
    }
    try (var modules = Files.newDirectoryStream(repository)) {
      for (var module : modules) {
        var reports = module.resolve("target/surefire-reports");
        if (Files.isDirectory(reports)) {
          copy(reports, place.resolve(String.valueOf(module.getFileName())));
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.newDirectoryStream(from, "*.{txt,xml}")) {
      for (var file : files) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }
}
