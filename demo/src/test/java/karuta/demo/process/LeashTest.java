package karuta.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a program starts ends with it, in order, with an error, or by kill -9.
class LeashTest {
  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

  @TempDir private Path dir;

  /// A program that never ends by itself.
  static final class Endless {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("endless " + ProcessHandle.current().pid());
      while (true) {
        TimeUnit.HOURS.sleep(1);
      }
    }
  }

  /// A program that starts two: one that never ends, and one that carries out an endless command.
  static final class Parent {
    public static void main(String[] arguments) throws InterruptedException {
      var place = Child.Place.of(Path.of(arguments[0]));
      var endless = Child.start(JVM, Endless.class.getName(), place);
      var words = new ArrayList<>(JVM);
      words.addAll(List.of(Desk.class.getName(), Works.class.getName()));
      var desk = Child.start(words, place);
      desk.tell(String.join("\t", arguments[0] + ".out", arguments[0] + ".err", "endless"));
      endless.line("endless ");
      desk.line("begun");
      System.out.println("children " + endless.pid() + " " + desk.pid());
      TimeUnit.HOURS.sleep(1);
    }
  }

  /// Commands for a desk.
  public static final class Works {
    public static int run(PrintWriter out, PrintWriter err, String... words) throws Exception {
      switch (words[0]) {
        case "endless" -> {
          System.out.println("begun");
          TimeUnit.HOURS.sleep(1);
        }
        case "fails" -> throw new IllegalArgumentException("why");
        default -> {
          out.println(String.join("+", words));
          err.println("beside it");
        }
      }
      return words.length;
    }
  }

  private Child.Place place() {
    return Child.Place.of(dir.resolve("log"));
  }

  @Test
  void aKilledProgramsChildrenEnd() throws Exception {
    var words = new ArrayList<>(JVM);
    words.addAll(List.of(Parent.class.getName(), dir.resolve("log").toString()));
    var parent = new ProcessBuilder(words).redirectErrorStream(true).start();
    try (var said = parent.inputReader()) {
      var line = said.readLine();
      assertThat(line).startsWith("children ");
      var children =
          List.of(line.substring("children ".length()).split(" ", -1)).stream()
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
      parent.destroyForcibly().waitFor();
      for (var child : children) {
        child.onExit().get(60, TimeUnit.SECONDS);
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aClosedProgramHasEndedWhenItIsClosed() {
    var child = Child.start(JVM, Endless.class.getName(), place());
    assertThat(child.line("endless ")).isEqualTo(Long.toString(child.pid()));
    assertThat(child.alive()).isTrue();
    child.close();
    assertThat(child.alive()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> child.line("more"))
        .withMessageContaining("it ended before it said 'more'")
        .withMessageContaining("endless " + child.pid());
  }

  @Test
  void aProgramThatHangsEndsInTheEndAndSaysWhereItStands() throws Exception {
    var jvm = new ArrayList<>(JVM);
    jvm.add(1, "-Dkaruta.longest-life=PT1S");
    var child = Child.start(jvm, Endless.class.getName(), place());
    assertThat(child.exitCode()).isEqualTo(99);
    assertThat(dir.resolve("log")).content().contains("Endless.main");
  }

  @Test
  void oneProcessCarriesOutManyCommands() throws Exception {
    try (var commands = desk()) {
      assertThat(commands.run("a", "b c", "")).isEqualTo(new Ended(3, "a+b c+\n", "beside it\n"));
      assertThat(commands.run("d").exitCode()).isOne();
      var failed = commands.run("fails");
      assertThat(failed.exitCode()).isOne();
      assertThat(failed.err()).contains("IllegalArgumentException: why");
      assertThatIllegalStateException()
          .isThrownBy(() -> commands.done("x", "y"))
          .withMessage("karuta x y ended with 2:\nbeside it");
      var begun = commands.begin("last");
      Waiting.until("its end", begun::ended);
      assertThat(begun.end().out()).isEqualTo("last\n");
    }
    assertThat(dir.resolve("log")).content().contains("a+b c+", "ended with 3");
  }

  private Commands desk() {
    var words = new ArrayList<>(JVM);
    words.addAll(List.of(Desk.class.getName(), Works.class.getName()));
    return new Commands(words, place());
  }

  @Test
  void whoseDeskIsGoneIsToldSo() throws Exception {
    var desk = desk();
    var begun = desk.begin("endless");
    desk.close();
    Waiting.until("its end", begun::ended);
    assertThatIllegalStateException().isThrownBy(begun::end).withMessageContaining("it ended");
  }

  @Test
  void aLogThatIsBegunAnewIsKeptBesideIt() throws Exception {
    var log = Files.writeString(dir.resolve("log"), "one\n");
    Logs.begin(log);
    assertThat(log).doesNotExist();
    Files.writeString(log, "two\n");
    Logs.begin(log);
    assertThat(dir.resolve("log.past")).hasContent("one\ntwo");
    assertThat(Logs.end(log)).contains("NoSuchFile");
  }
}
