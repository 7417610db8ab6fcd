package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import karuta.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A wrong PIN, as a custodian meets it who has set up no logging: words, and nothing of the libraries beneath.
@ExtendWith(Room.Key.class)
class WrongPinTest {
  @Test
  void itIsSaidInPlainWordsWithWhatTheTokenSaysOfTheTriesLeft(Room room) throws Exception {
    var home = room.path("wrong-pin");
    room.done("token", "init", "--role", "issuer", "--home", "wrong-pin");
    var right = Files.readString(home.resolve("pin"));
    Files.writeString(home.resolve("pin"), "000000");
    var said = status(home, 3);
    assertThat(said)
        .containsPattern(
            "^karuta: token karuta-issuer \\(serial [0-9a-f]{16}\\) refused the PIN: it is wrong;"
                + " the token has noted a wrong PIN, and does not say how many tries are left"
                + " \\(C_Login: CKR_PIN_INCORRECT \\(0xa0\\)\\)\n$");
    Files.writeString(home.resolve("pin"), right);
    assertThat(status(home, 0)).isEmpty();
  }

  /// With standard error of a JVM whose logging nobody has configured.
  private static String status(Path home, int expected) throws Exception {
    var command = TestJvm.words(Main.class, List.of());
    command.addAll(List.of("token", "status", "--token", home.resolve("token.toml").toString()));
    var err = Files.createTempFile("karuta", ".err");
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().put("SOFTHSM2_CONF", home.resolve("softhsm2.conf").toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      var said = Files.readString(err);
      assertThat(process.exitValue()).as(said).isEqualTo(expected);
      return said;
    } finally {
      process.destroyForcibly();
      Files.delete(err);
    }
  }
}
