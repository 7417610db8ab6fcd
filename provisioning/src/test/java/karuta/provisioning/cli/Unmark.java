package karuta.provisioning.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import karuta.cryptoki.ObjectClass;
import karuta.token.KeyRef;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenSettings;

/// Takes the mark of a finished epoch from a token, as if the process that agreed its key had been killed before it was made.
final class Unmark {
  private Unmark() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, an epoch
  public static void main(String[] arguments) {
    var file = TokenFile.read(Path.of(arguments[1]));
    try (var module = Pkcs11Module.open(file.module());
        var token =
            Token.open(
                module,
                file.name(),
                () -> Pin.fromFile(file.pinFile().orElseThrow()),
                TokenSettings.defaults(),
                InstantSource.system())) {
      token.alone(
          lease -> {
            lease.destroy(new KeyRef(ObjectClass.DATA, "finished-" + arguments[2]));
            return arguments;
          });
    }
  }
}
