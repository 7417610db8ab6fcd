package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is typed wrongly is answered in the words of the program: what it was, and what to do.
class MistakesTest {
  @TempDir Path directory;

  private static void assertUsage(String message, String... arguments) {
    var run = Cli.here(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines()).allMatch(line -> line.matches("karuta: [^A-Z].*[^.]"));
  }

  @Test
  void aMistypedCommandIsGuessed() {
    assertUsage("'isue' is not understood; did you mean issue", "batch", "isue");
    assertUsage("see karuta --help", "bath");
    assertUsage("say what to do: request, respond, complete, abandon", "agree");
  }

  @Test
  void aMissingOptionIsNamed() {
    assertUsage("missing required option: '--token=FILE'", "token", "status");
  }

  @Test
  void aMissingFileIsNamed() {
    assertUsage("nowhere.toml: no such file", "token", "status", "--token", "nowhere.toml");
  }

  /// As spreadsheets save it.
  @Test
  void aByteOrderMarkIsNamedAndNotJustShown() throws Exception {
    var orders =
        Files.writeString(directory.resolve("orders.csv"), "\ufeffsubject,generation\nS-1,1\n");
    var certificate = directory.resolve("bureau.pem");
    assertThat(Cli.here("pki", "dev", "--out", directory.resolve("pki").toString()).exitCode())
        .isZero();
    Files.copy(directory.resolve("pki/bureau.pem"), certificate);
    assertUsage(
        "line 1: begins with a byte order mark; save it as UTF-8 without one",
        "batch",
        "issue",
        "--token",
        "t",
        "--signing-key",
        "issuer-1",
        "--batch",
        "b",
        "--subjects",
        orders.toString(),
        "--agreement",
        "a",
        "--bureau-certificate",
        certificate.toString(),
        "--first",
        "--out",
        "o");
  }
}
