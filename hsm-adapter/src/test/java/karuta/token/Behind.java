package karuta.token;

import java.time.Duration;
import java.util.function.ObjLongConsumer;
import karuta.cryptoki.Cryptoki;

/// Does things to a token that another part of the process, or a second binding, could do.
final class Behind {
  private Behind() {}

  /// Alone, because with a real library the JVM dies otherwise.
  static void itsBack(Pkcs11Module module, TokenName token, ObjLongConsumer<Cryptoki> deed) {
    module.alone(
        Deadline.after(Duration.ofSeconds(5)),
        () -> {
          module.slots().stream()
              .filter(slot -> slot.info().serial().equals(token.serial()))
              .forEach(slot -> deed.accept(module.cryptoki(), slot.number()));
          return true;
        });
  }

  static void logOut(Cryptoki cryptoki, long slot) {
    var session = cryptoki.openSession(slot, false);
    cryptoki.logout(session);
    cryptoki.closeSession(session);
  }
}
