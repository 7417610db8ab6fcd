package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinTest {
  @TempDir Path directory;

  private Path file(String text, String permissions) throws IOException {
    var file = Files.writeString(directory.resolve("pin"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void theLineEndOfAPinFileIsDropped() throws IOException {
    for (var text : new String[] {"7418", "7418\n", "7418\r\n"}) {
      try (var pin = Pin.fromFile(file(text, "rw-------"))) {
        assertThat(pin.chars()).containsExactly('7', '4', '1', '8');
        assertThat(pin.utf8().toArray()).asString(StandardCharsets.UTF_8).isEqualTo("7418");
      }
    }
  }

  @Test
  void blanksAndLettersBelongToThePin() throws IOException {
    try (var pin = Pin.fromFile(file(" 暗証 x \n", "r--------"))) {
      assertThat(pin.utf8().toArray()).asString(StandardCharsets.UTF_8).isEqualTo(" 暗証 x ");
    }
  }

  @Test
  void aPinFileOthersCanReadIsRefused() throws IOException {
    for (var permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      var file = file("7418", permissions);
      assertThatExceptionOfType(TokenAuthFailed.class)
          .isThrownBy(() -> Pin.fromFile(file))
          .withMessageContaining("chmod 600");
    }
  }

  @Test
  void aPinFileThatGivesNoWholePinIsNotTried() throws IOException {
    for (var text : new String[] {"", "\n", "\r\n"}) {
      var file = file(text, "rw-------");
      assertThatExceptionOfType(TokenAuthFailed.class)
          .isThrownBy(() -> Pin.fromFile(file))
          .withMessageEndingWith("holds no PIN");
    }
    var latin = Files.write(directory.resolve("pin"), new byte[] {'7', '4', (byte) 0xe4, '1'});
    assertThatExceptionOfType(TokenAuthFailed.class)
        .isThrownBy(() -> Pin.fromFile(latin))
        .withMessageEndingWith("is not UTF-8");
    var endless = file("7".repeat(1024), "rw-------");
    assertThatExceptionOfType(TokenAuthFailed.class)
        .isThrownBy(() -> Pin.fromFile(endless))
        .withMessageEndingWith("is too long: 1024 bytes or more");
  }

  @Test
  void aMissingPinFileNeedsAHuman() {
    assertThatExceptionOfType(TokenAuthFailed.class)
        .isThrownBy(() -> Pin.fromFile(directory.resolve("none")));
  }

  @Test
  void aClosedPinIsWipedAndAnOpenOneNotShown() {
    var typed = "7418".toCharArray();
    var pin = Pin.of(typed);
    typed[0] = 'x';
    assertThat(pin.chars()).containsExactly('7', '4', '1', '8');
    assertThat(pin).hasToString("Pin[withheld]");
    pin.close();
    assertThatIllegalStateException().isThrownBy(pin::chars);
    assertThatIllegalStateException().isThrownBy(() -> pin.utf8().toArray());
  }
}
