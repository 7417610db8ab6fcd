package karuta.softhsm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import karuta.testing.TestJvm;
import karuta.token.ModuleLocation;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenException;
import karuta.token.TokenName;
import karuta.token.TokenSettings;
import karuta.token.check.Compatibility;

/// Uses a development token as a command would: in a process whose `SOFTHSM2_CONF` names the token's configuration.
final class TokenProbe {
  private TokenProbe() {}

  /// What the probe printed: `login=...`, then one line per check of the token.
  static String run(DevelopmentToken token) throws IOException, InterruptedException {
    var words = TestJvm.tied(TokenProbe.class, List.of());
    words.add(SoftHsmLibrary.find().toString());
    words.addAll(List.of(token.home().toString(), token.label(), token.serial()));
    var builder = new ProcessBuilder(words);
    builder.environment().put("SOFTHSM2_CONF", token.conf().toString());
    builder.redirectErrorStream(true);
    var child = builder.start();
    var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    child.waitFor();
    return said;
  }

  public static void main(String[] arguments) {
    var pin = Path.of(arguments[1], "pin");
    var name = new TokenName(arguments[2], arguments[3]);
    try (var module = Pkcs11Module.open(ModuleLocation.of(Path.of(arguments[0])));
        var token =
            Token.open(
                module,
                name,
                () -> Pin.fromFile(pin),
                TokenSettings.defaults(),
                InstantSource.system())) {
      System.out.println("login=ok");
      Compatibility.check(token, List.of()).forEach(System.out::println);
    } catch (TokenException refused) {
      System.out.println("login=" + refused.getClass().getSimpleName());
    }
  }
}
