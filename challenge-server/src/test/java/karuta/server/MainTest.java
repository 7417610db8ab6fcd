package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands as people meet them. Help texts are files beside this test: read the difference, then copy what is
/// shown.
class MainTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "serve", "migrate", "import", "audit verify", "export-judged"})
  void helpTeaches(String command) throws IOException {
    var words = command.equals("main") ? "--help" : command + " --help";
    var file = "help-" + command.replace(' ', '-') + ".txt";
    assertThat(run(words.split(" ", -1))).isZero();
    try (var in = MainTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file + " holds:\n" + out).isNotNull();
      assertThat(out.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void theExampleIsPrintedForACopy() {
    assertThat(run("serve", "--example")).isZero();
    assertThat(out.toString()).startsWith("# Karuta").contains("[server]", "[[client]]");
  }

  @Test
  void wrongUsageIsOneLineThatSaysWhatToDo() {
    assertThat(run("serve")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("karuta: ").contains("see karuta serve --help");
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(err.toString()).contains("see karuta --help");
  }

  @Test
  void aConfigurationThatIsNotThereEndsTheStart() {
    assertThat(run("serve", "--config", directory.resolve("absent.toml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("absent.toml: no such file");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void everyProblemHasALineOfItsOwn() throws IOException {
    var file = Files.writeString(directory.resolve("server.toml"), "[server]\nport = 99999\n");
    assertThat(run("import", "--config", file.toString(), "x.bundle")).isEqualTo(2);
    assertThat(err.toString().lines())
        .allMatch(line -> line.startsWith("karuta: "))
        .hasSizeGreaterThan(5);
    assertThat(err.toString()).contains("server.toml:2: server.port: must be from 0 to 65535");
  }
}
