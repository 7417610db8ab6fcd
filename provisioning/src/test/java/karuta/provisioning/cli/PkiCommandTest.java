package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiCommandTest {
  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void makesADirectoryOnceAndSaysHowLongItIsValid() {
    var pki = dir.resolve("pki").toString();
    assertThat(run("dev", "--out", pki)).isZero();
    assertThat(out.toString())
        .contains("never for production")
        .containsPattern("valid until 20\\d\\d-");
    assertThat(err.toString()).isEmpty();

    assertThat(run("dev", "--out", pki)).isEqualTo(1);
    assertThat(err.toString()).startsWith("karuta: ").contains("already holds a development PKI");
  }

  @Test
  void withoutADirectoryOrASubcommandItTeaches() {
    assertThat(run("dev")).isEqualTo(2);
    assertThat(err.toString()).contains("--out=DIR");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("karuta pki dev --out DIR");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsAConfigurationError() {
    assertThat(run("dev", "--out", "/proc/karuta")).isEqualTo(2);
    assertThat(err.toString()).contains("cannot write /proc/karuta");
  }

  private int run(String... arguments) {
    var words = new ArrayList<>(List.of("pki"));
    words.addAll(List.of(arguments));
    var ended = Cli.here(words.toArray(String[]::new));
    out.append(ended.out());
    err.append(ended.err());
    return ended.exitCode();
  }
}
