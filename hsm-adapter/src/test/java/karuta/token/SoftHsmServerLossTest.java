package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The token's process dies by SIGKILL and comes back; this one stays.
class SoftHsmServerLossTest {
  private static final byte[] ANSWER = TokenContract.ANSWER;
  private static final TokenSettings QUICK =
      new TokenSettings(6, Duration.ofSeconds(5), Duration.ofMillis(5), Duration.ofMillis(50));

  private SoftHsmServer server;
  private TokenPair pair;

  @BeforeEach
  void start() {
    server = SoftHsmServer.start();
    pair = TokenPair.on(server, QUICK, InstantSource.system());
    pair.agree(SoftHsmServer.EPOCH);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private Verdict verify(byte[] tag) {
    return PlainInput.verify(pair.verifier(), SoftHsmServer.EPOCH, ANSWER, tag);
  }

  private byte[] tag() {
    return PlainInput.tag(pair.issuer(), SoftHsmServer.EPOCH, ANSWER);
  }

  @Test
  void whileItIsGoneThereIsNoVerdict() {
    var tag = tag();
    server.kill();
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThatExceptionOfType(TokenUnavailable.class).isThrownBy(() -> verify(tag));
      assertThatExceptionOfType(TokenUnavailable.class).isThrownBy(() -> verify(new byte[32]));
    }
    var health = pair.verifier().token().health();
    assertThat(health.state()).isEqualTo(Health.State.LOST);
    assertThat(health.reason()).isNotEmpty();
  }

  @Test
  void everythingComesBackWithoutARestartOfThisProcess() {
    var tag = tag();
    pair.verifier().receipts().make(1);
    pair.verifier().receipts().sign("receipt-1", ANSWER);
    for (var time = 0; time < 3; time++) {
      server.kill();
      server.startAgain();
      back(() -> verify(tag) == Verdict.RIGHT);
      tag[0] ^= 1;
      assertThat(verify(tag)).isEqualTo(Verdict.WRONG);
      tag[0] ^= 1;
      back(() -> tag().length == 32);
      assertThat(pair.verifier().receipts().sign("receipt-1", ANSWER)).hasSize(64);
      assertThat(pair.issuer().random(40)).hasSize(40);
    }
    assertThat(pair.verifier().token().health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void aReceiptCanBeTheFirstThingSignedAfterALoss() {
    pair.verifier().receipts().make(1);
    pair.verifier().receipts().sign("receipt-1", ANSWER);
    server.kill();
    server.startAgain();
    back(() -> pair.verifier().receipts().sign("receipt-1", ANSWER).length == 64);
  }

  private static void back(BooleanSupplier works) {
    SoftHsmServer.await(
        "the token to be back",
        () -> {
          try {
            return works.getAsBoolean();
          } catch (TokenUnavailable e) {
            return false;
          }
        });
  }

  @Test
  void killedUnderLoadItNeverGivesAWrongVerdict() throws Exception {
    var right = tag();
    var wrong = tag();
    wrong[7] ^= 0x10;
    var verdicts = new AtomicInteger();
    var refusals = new AtomicInteger();
    IntConsumer work =
        thread -> {
          try {
            var verdict = verify(thread % 2 == 0 ? right : wrong);
            assertThat(verdict).isEqualTo(thread % 2 == 0 ? Verdict.RIGHT : Verdict.WRONG);
            verdicts.incrementAndGet();
          } catch (TokenUnavailable e) {
            refusals.incrementAndGet();
          }
        };
    try (var load = new Load(6, work)) {
      for (var time = 0; time < 5; time++) {
        load.awaitMore(verdicts, 50);
        server.kill();
        load.awaitMore(refusals, 50);
        server.startAgain();
      }
      load.awaitMore(verdicts, 50);
    }
  }
}
