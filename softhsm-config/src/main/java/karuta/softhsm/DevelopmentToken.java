package karuta.softhsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import karuta.cryptoki.TokenInfo;
import karuta.token.TokenRole;

/// A SoftHSM token with a directory of its own, for development and CI.
///
/// ```
/// home/                 0700
///   softhsm2.conf       0600  names the directory below, and the mechanisms offered
///   tokens/             0700  SoftHSM's own files
///   pin, so-pin         0600  random, never shown
///   token.toml          0600  what --token takes; written last, so a home without it was interrupted
/// ```
///
/// One home holds one token. A home is made in an empty place or not at all: a directory that already holds anything is
/// refused, whoever made it, and nothing in it is changed.
public final class DevelopmentToken {
  /// What every command that meets such a token tells its user.
  public static final String NOTICE =
      "a SoftHSM development token: its keys lie in files of this user; never use it in production";

  /// The name of the file that `--token` takes.
  public static final String TOKEN_FILE = "token.toml";

  /// The name of SoftHSM's configuration in a home.
  public static final String CONF_FILE = "softhsm2.conf";

  /// As SoftHSM 2 fills in CK_TOKEN_INFO (Slot.cpp, Token.cpp).
  private static final String MANUFACTURER = "SoftHSM project";

  private static final String MODEL = "SoftHSM v";

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  private final Path home;
  private final String label;
  private final String serial;

  private DevelopmentToken(Path home, String label, String serial) {
    this.home = home;
    this.label = label;
    this.serial = serial;
  }

  /// Makes a token with random PINs. SoftHSM reads its configuration once per process and from the environment, so the
  /// token is initialised by a process of its own; the caller may serve other tokens meanwhile.
  ///
  /// @param home absent or empty
  /// @param label 1 to 32 letters, digits, dots, hyphens, underscores (CK_TOKEN_INFO has 32 bytes, PKCS#11 v2.40, 3.2)
  /// @throws SetupRefused when something stands there already
  /// @throws SoftHsmMissing when the library is in no usual place
  public static DevelopmentToken create(Path home, TokenRole role, String label)
      throws IOException {
    return create(home, role, label, new SecureRandom());
  }

  static DevelopmentToken create(Path home, TokenRole role, String label, SecureRandom random)
      throws IOException {
    requireNew(home, label);
    var module = SoftHsmLibrary.find();
    var at = home.toAbsolutePath().normalize();
    PrivateFiles.emptyDirectory(at, "token");
    var tokens = at.resolve("tokens");
    PrivateFiles.emptyDirectory(tokens, "token");
    PrivateFiles.write(at.resolve(CONF_FILE), SoftHsmConf.text(tokens));
    try (var pin = new RandomPin(random);
        var soPin = new RandomPin(random)) {
      PrivateFiles.write(at.resolve("pin"), pin.characters());
      PrivateFiles.write(at.resolve("so-pin"), soPin.characters());
    }
    var serial = TokenBirth.run(module, at, label);
    PrivateFiles.write(at.resolve(TOKEN_FILE), tokenFile(module, label, serial, role));
    return new DevelopmentToken(at, label, serial);
  }

  /// Makes sure that a token could be made; changes nothing.
  ///
  /// @throws SetupRefused when something stands there already, or the label does not do
  public static void requireNew(Path home, String label) throws IOException {
    if (!LABEL.matcher(label).matches()) {
      throw new SetupRefused(
          "a token label has 1 to 32 letters, digits, dots, hyphens or underscores: " + label);
    }
    var at = home.toAbsolutePath().normalize();
    if (Files.exists(at.resolve(TOKEN_FILE))) {
      throw new SetupRefused(
          at + " already holds a development token; move it away to make a new one");
    }
    PrivateFiles.requireEmpty(at, "token");
  }

  private static String tokenFile(Path module, String label, String serial, TokenRole role) {
    return """
    # %s
    [token]
    module = "%s"
    label = "%s"
    serial = "%s"
    role = "%s"
    pin-file = "pin"

    [custodians]
    development = true
    """
        .formatted(
            NOTICE,
            module.toString().replace("\\", "\\\\").replace("\"", "\\\""),
            label,
            serial,
            role.label());
  }

  /// What is wrong with the modes of a home, one sentence each; empty when it is closed to everybody else.
  public static List<String> openToOthers(Path home) throws IOException {
    return PrivateFiles.openToOthers(home);
  }

  /// Whether a token is SoftHSM's, by what the token itself says and not by the name of a file, which anybody can give.
  public static boolean isSoftHsm(TokenInfo token) {
    return token.manufacturer().equals(MANUFACTURER) && token.model().startsWith(MODEL);
  }

  /// The directory, absolute.
  public Path home() {
    return home;
  }

  /// What `--token` takes.
  public Path tokenFile() {
    return home.resolve(TOKEN_FILE);
  }

  /// What `SOFTHSM2_CONF` must name in a process that uses this token.
  public Path conf() {
    return home.resolve(CONF_FILE);
  }

  public String label() {
    return label;
  }

  /// As SoftHSM made it: 16 hexadecimal digits.
  public String serial() {
    return serial;
  }
}
