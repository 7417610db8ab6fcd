package karuta.guard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import karuta.token.TokenName;

/// The directory of a guard as `karuta guard` finds it: one configuration and the files it names. The journal is
/// SQLite, the name of the directory, and the guard's own user may call.
public final class GuardInstallation {
  private static final int LONGEST_NAME = 32;

  private final Path directory;

  private GuardInstallation(Path directory) {
    this.directory = directory;
  }

  /// Makes the files.
  ///
  /// @param directory that is there
  /// @param module the PKCS#11 library
  /// @param checkValue of epoch `e1`
  public static GuardInstallation make(
      Path directory, Path module, TokenName token, String pin, byte[] checkValue)
      throws IOException {
    var made = new GuardInstallation(directory);
    made.pin(pin);
    made.epoch(token.serial(), HexFormat.of().formatHex(checkValue));
    made.directory("run", "rwxr-x---");
    Files.writeString(
        made.config(),
        """
        [guard]
        name = "%s"
        socket = "run/guard.sock"
        [token]
        module = "%s"
        label = "%s"
        serial = "%s"
        pin-file = "pin"
        [[epoch]]
        record = "epoch-e1.toml"
        [receipts]
        issuer = "test bank"
        """
            .formatted(made.name(), module, token.label(), token.serial()));
    return made;
  }

  /// The guard's name, that of the directory: each journal has a guard of its own on a token.
  public String name() {
    var name = directory.getFileName().toString().toLowerCase(Locale.ROOT).replace('_', '-');
    return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceFirst("-$", "");
  }

  /// `guard.toml`.
  public Path config() {
    return directory.resolve("guard.toml");
  }

  /// The socket that the configuration names.
  public Path socket() {
    return directory.resolve("run", "guard.sock");
  }

  /// The journal that the configuration means.
  public Path journal() {
    return directory.resolve("journal.db");
  }

  /// Changes the configuration.
  public void change(String from, String to) throws IOException {
    var text = Files.readString(config());
    assertThat(text).contains(from);
    Files.writeString(config(), text.replace(from, to));
  }

  /// Writes the PIN.
  public void pin(String digits) throws IOException {
    var file = Files.writeString(directory.resolve("pin"), digits);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /// Writes the record of epoch `e1`.
  public void epoch(String tokenSerial, String checkValue) throws IOException {
    Files.writeString(
        directory.resolve("epoch-e1.toml"),
        """
        [epoch]
        name = "e1"
        key = "book-e1"
        use = "development"
        kdf = "CKD_NULL"
        issuer-kdf = "CKD_NULL 0x00000001"
        verifier-kdf = "CKD_NULL 0x00000001"
        check-value = "%s"
        token = "%s"
        issuer-token = "fedcba9876543210"
        """
            .formatted(checkValue, tokenSerial));
  }

  /// Makes a directory with this mode, whatever the umask.
  public Path directory(String name, String mode) throws IOException {
    var made = Files.createDirectory(directory.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
  }
}
