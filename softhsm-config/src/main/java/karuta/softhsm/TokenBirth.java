package karuta.softhsm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import karuta.token.ModuleLocation;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.TokenSetup;

/// Initialises one token in a JVM of its own, because SoftHSM takes its configuration from the environment, which a
/// running JVM cannot change, and reads it once. PINs travel in the private files, never as arguments.
final class TokenBirth {
  private static final long PATIENCE_SECONDS = 60;

  private TokenBirth() {}

  /// Gives the serial number that SoftHSM gave the token. The files of `home` are there, but for `token.toml`.
  static String run(Path module, Path home, String label) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TokenBirth.class.getName(),
            module.toString(),
            home.toString(),
            label);
    builder.environment().put("SOFTHSM2_CONF", home.resolve(DevelopmentToken.CONF_FILE).toString());
    builder.redirectErrorStream(true);
    var child = builder.start();
    try {
      child.getOutputStream().close();
      var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || child.exitValue() != 0) {
        throw new IOException("SoftHSM did not initialise a token in " + home + ": " + said);
      }
      return said.lines().reduce((first, last) -> last).orElse("");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(
          "interrupted while SoftHSM initialised a token in " + home, interrupted);
    } finally {
      child.destroyForcibly();
    }
  }

  /// Arguments: module, home, label. Prints the serial number as its last line.
  public static void main(String[] arguments) {
    var home = Path.of(arguments[1]);
    try (var soPin = Pin.fromFile(home.resolve("so-pin"));
        var pin = Pin.fromFile(home.resolve("pin"));
        var module = Pkcs11Module.open(ModuleLocation.of(Path.of(arguments[0])))) {
      System.out.println(TokenSetup.initialise(module, arguments[2], soPin, pin).serial());
    }
  }
}
