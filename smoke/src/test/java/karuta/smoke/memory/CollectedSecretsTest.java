package karuta.smoke.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Answers and PINs leave no copy behind when the collector runs while they are in use, whatever the collector.
@EnabledOnOs(OS.LINUX)
class CollectedSecretsTest {
  private static final String PIN = "5038207411";
  private static final String SO_PIN = "9604417325";
  private static final String DOMAIN = "the domain string of an answer";

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writePins() throws IOException {
    for (var pin : new String[][] {{"pin", PIN}, {"so-pin", SO_PIN}}) {
      var file = Files.writeString(directory.resolve(pin[0]), pin[1] + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void nothingIsLeftBehindByTheSerialCollector() throws Exception {
    assertThat(left("outside", "-XX:+UseSerialGC")).containsExactly(DOMAIN);
  }

  @Test
  void nothingIsLeftBehindByG1() throws Exception {
    assertThat(left("outside", "-XX:+UseG1GC")).containsExactly(DOMAIN);
  }

  /// The control: the same search, of a program that wipes arrays.
  @Test
  void arraysThatAreWipedLeaveWhatTheCollectorMoved() throws Exception {
    assertThat(left("on-heap", "-XX:+UseSerialGC")).contains("answer 1", "answer 20");
  }

  private Set<String> left(String how, String collector) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            collector,
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            AnsweringUnderCollection.class.getName(),
            directory.toString(),
            how);
    var process = builder.redirectError(Redirect.INHERIT).start();
    try (var said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      var line = said.readLine();
      while (line != null && !line.equals("waiting")) {
        line = said.readLine();
      }
      assertThat(line).as("the last line of the other process").isEqualTo("waiting");
      return new TreeSet<>(new ProcessMemory(process.pid()).find(traces()));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Traces traces() {
    var traces = new Traces();
    traces.text(DOMAIN, "karuta answer v1");
    traces.text("the PIN", PIN);
    traces.text("the officer's PIN", SO_PIN);
    for (var number = 1; number <= AnsweringUnderCollection.ANSWERS; number++) {
      try (var answer = AnsweringUnderCollection.answer(number)) {
        var cells = AnsweringUnderCollection.cells(number).size();
        traces.answer("answer " + number, answer.toBytes(), cells);
      }
    }
    return traces;
  }
}
