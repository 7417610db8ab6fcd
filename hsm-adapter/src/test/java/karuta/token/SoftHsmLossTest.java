package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import karuta.card.EpochId;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.Test;

/// The token's store goes away and comes back, which SoftHSM itself never notices.
class SoftHsmLossTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final TokenSettings QUICK =
      new TokenSettings(4, Duration.ofSeconds(5), Duration.ofMillis(5), Duration.ofMillis(50));

  @Test
  void aStoreThatWasAwayIsFoundAgain() throws Exception {
    var softHsm = SoftHsm.start();
    try (var pair = TokenPair.on(softHsm, QUICK, InstantSource.system())) {
      pair.agree(EPOCH);
      var tag = PlainInput.tag(pair.issuer(), EPOCH, new byte[8]);
      var away = softHsm.tokens().resolveSibling("away");
      Files.move(softHsm.tokens(), away);
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> PlainInput.verify(pair.verifier(), EPOCH, new byte[8], tag));
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> pair.issuer().hasBookKey(EPOCH));
      Files.move(away, softHsm.tokens());
      SoftHsmServer.await("the token to be back", () -> right(pair, tag));
      assertThat(pair.issuer().hasBookKey(EPOCH)).isTrue();
    }
  }

  private static boolean right(TokenPair pair, byte[] tag) {
    try {
      return PlainInput.verify(pair.verifier(), EPOCH, new byte[8], tag) == Verdict.RIGHT;
    } catch (TokenUnavailable e) {
      return false;
    }
  }

  @Test
  void aLibraryIsOpenedOnce() {
    var location = ModuleLocation.of(SoftHsm.library());
    var softHsm = SoftHsm.start();
    softHsm.leave();
    try (var module = Pkcs11Module.open(location)) {
      assertThat(module.info().description()).contains("PKCS11");
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> Pkcs11Module.open(location));
    }
    Pkcs11Module.open(location).close();
    softHsm.close();
  }
}
