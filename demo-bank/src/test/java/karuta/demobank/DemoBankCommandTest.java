package karuta.demobank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the command says before it serves.
class DemoBankCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private String pem = "";

  @BeforeEach
  void makeFiles() throws IOException {
    pem = Files.writeString(folder.resolve("some.pem"), "").toString();
  }

  private int run(String... arguments) {
    var writer = new PrintWriter(out);
    return new CommandLine(new DemoBankCommand()).setOut(writer).setErr(writer).execute(arguments);
  }

  private String[] with(String api, String ca, String letterbox) {
    return new String[] {
      "--api",
      api,
      "--ca",
      ca,
      "--front-cert",
      pem,
      "--front-key",
      pem,
      "--office-cert",
      pem,
      "--office-key",
      pem,
      "--letterbox",
      letterbox,
      "--port",
      "0"
    };
  }

  @Test
  void helpTeaches() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--api", "--letterbox", "challenge server", "<serial>.pdf");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(run(with("https://localhost:1", "/nowhere/ca.pem", folder.toString()))).isEqualTo(2);
    assertThat(out.toString()).contains("--ca: cannot read /nowhere/ca.pem");
  }

  @Test
  void anAddressWithoutTlsIsRefused() {
    assertThat(run(with("http://localhost:1", pem, folder.toString()))).isEqualTo(2);
    assertThat(out.toString()).contains("--api must be an address like https://localhost:8443");
  }

  @Test
  void aMissingLetterboxIsNamed() {
    assertThat(run(with("https://localhost:1", pem, folder.resolve("none").toString())))
        .isEqualTo(2);
    assertThat(out.toString()).contains("make it first");
  }
}
