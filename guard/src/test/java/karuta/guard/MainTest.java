package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.guard.testing.GuardInstallation;
import karuta.token.TokenName;
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
  @ValueSource(
      strings = {
        "guard",
        "guard migrate",
        "guard verify",
        "guard fold",
        "guard request",
        "guard approve",
        "guard apply"
      })
  void helpTeaches(String command) throws IOException {
    var file = "help-" + command.replace(' ', '-') + ".txt";
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    try (var in = MainTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file + " holds:\n" + out).isNotNull();
      assertThat(out.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void theExampleIsPrintedForACopy() {
    assertThat(run("guard", "--example")).isZero();
    assertThat(out.toString()).startsWith("# Karuta").contains("[guard]", "[caps]");
  }

  @Test
  void aCheckSaysThatTheConfigurationIsInOrderAndTouchesNothing() throws IOException {
    var installation =
        GuardInstallation.make(
            directory,
            Files.createFile(directory.resolve("library.so")),
            new TokenName("karuta verifier", "0123456789abcdef"),
            "123456",
            new byte[32]);
    assertThat(run("guard", "--config", installation.config().toString(), "--check")).isZero();
    assertThat(out.toString()).isEqualTo(installation.config() + ": in order\n");
    assertThat(installation.journal()).doesNotExist();
    assertThat(installation.socket()).doesNotExist();
  }

  /// Whoever writes it, by a machine and perhaps half, gives heads and no options.
  @Test
  void aFileOfKnownHeadsIsReadLineByLineAndMayBeAbsent() throws IOException {
    var config =
        GuardInstallation.make(
                directory,
                Files.createFile(directory.resolve("library.so")),
                new TokenName("karuta verifier", "0123456789abcdef"),
                "123456",
                new byte[32])
            .config()
            .toString();
    var known = directory.resolve("known");
    var words = new String[] {"guard", "--config", config, "--check", "--known-file", "" + known};
    assertThat(run(words)).as("absent").isZero();
    var head = "guard-1:12:" + "A".repeat(43);
    Files.writeString(known, head + "\n\n " + head + "\n");
    assertThat(run(words)).as(err::toString).isZero();
    for (var wrong : List.of("--help", "guard-1:13:AAA", "guard-1")) {
      err.getBuffer().setLength(0);
      Files.writeString(known, head + "\n" + wrong);
      assertThat(run(words)).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).contains("karuta: " + known + ":2: '" + wrong + "' is not GUARD:");
    }
    Files.writeString(known, "A".repeat(300_000));
    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString()).contains("too long for a file of heads");
  }

  @Test
  void everyProblemHasALineOfItsOwn() throws IOException {
    var file = Files.writeString(directory.resolve("guard.toml"), "[guard]\nconnections = 0\n");
    assertThat(run("guard", "--config", file.toString(), "--check")).isEqualTo(2);
    assertThat(err.toString().lines())
        .allMatch(line -> line.startsWith("karuta: "))
        .hasSizeGreaterThan(5);
    assertThat(err.toString()).contains("guard.toml:2: guard.connections: must be from 1 to 1000");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aConfigurationThatIsNotThereEndsTheStart() {
    assertThat(run("guard", "--config", directory.resolve("absent.toml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("absent.toml: no such file");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whoSaysNothingIsShownHow() {
    assertThat(run("guard")).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: karuta guard", "--example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"guard --frobnicate", "guard --example --config x", "guard migrate", "frobnicate"})
  void wrongUsageIsOneLineThatSaysWhatToDo(String words) {
    assertThat(run(words.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("karuta: ").contains("; see karuta").contains("--help");
  }
}
