package karuta.token.testing;

import java.util.Optional;
import java.util.function.Supplier;
import karuta.card.EpochId;
import karuta.token.Pin;
import karuta.token.Pkcs11Module;
import karuta.token.TokenName;
import karuta.token.TokenSetup;

/// A place to try tokens on: a module, and how to make new tokens in it.
public interface Bench extends AutoCloseable {
  /// The user PIN of every token made here.
  String USER_PIN = "741852";

  /// The security officer's PIN of every token made here.
  String SO_PIN = "963852741";

  Pkcs11Module module();

  /// What went wrong on purpose, and what was called.
  Faults faults();

  /// Makes a token.
  default TokenName initialise(String label) {
    try (var so = Pin.of(SO_PIN.toCharArray());
        var user = Pin.of(USER_PIN.toCharArray())) {
      return TokenSetup.initialise(module(), label, so, user);
    }
  }

  /// The check value of an epoch that both tokens agreed on before they came here; for a bench that cannot agree
  /// itself.
  default Optional<byte[]> agreed(EpochId epoch) {
    return Optional.empty();
  }

  default Supplier<Pin> pin() {
    return () -> Pin.of(USER_PIN.toCharArray());
  }

  @Override
  void close();
}
