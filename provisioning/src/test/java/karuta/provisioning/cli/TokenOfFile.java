package karuta.provisioning.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.Token;
import karuta.token.TokenSettings;

/// A token as a program of its own opens it, by its file and without a custodian.
final class TokenOfFile {
  private TokenOfFile() {}

  /// Opens it for one piece of work.
  ///
  /// @param arguments `--token`, a token file
  static void use(String[] arguments, Consumer<Token> work) {
    var file = TokenFile.read(Path.of(arguments[1]));
    try (var module = Pkcs11Module.open(file.module());
        var token =
            Token.open(
                module,
                file.name(),
                () -> Pin.fromFile(file.pinFile().orElseThrow()),
                TokenSettings.defaults(),
                InstantSource.system())) {
      work.accept(token);
    }
  }
}
