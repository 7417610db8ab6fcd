package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import karuta.card.EpochId;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.token.check.Compatibility;
import karuta.token.testing.Bench;
import karuta.token.testing.FakeBench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong, no PIN, answer or tag is logged, thrown or shown.
class SecretHygieneTest {
  private static final String ANSWER = "the pictures somebody chose";
  private static final String WRONG_PIN = "159357258";
  private static final EpochId EPOCH = new EpochId("e1");

  private final List<String> said = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingSecretIsSaid(boolean real) {
    Bench bench = real ? SoftHsm.start() : new FakeBench();
    var logger = Logger.getLogger("karuta");
    var ear = new Ear();
    logger.addHandler(ear);
    logger.setLevel(Level.ALL);
    byte[] tag;
    try (var pair = TokenPair.on(bench, quick(), InstantSource.system())) {
      pair.agree(EPOCH);
      tag = PlainInput.tag(pair.issuer(), EPOCH, ANSWER.getBytes(StandardCharsets.UTF_8));
      misfortunes(pair, tag);
    } finally {
      logger.removeHandler(ear);
    }
    assertThat(said).as("what was logged and thrown").hasSizeGreaterThan(10);
    assertThat(said).allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase(secrets(tag)));
  }

  private static TokenSettings quick() {
    return new TokenSettings(2, Duration.ofSeconds(5), Duration.ofNanos(1), Duration.ofNanos(1));
  }

  private void misfortunes(TokenPair pair, byte[] tag) {
    var answer = ANSWER.getBytes(StandardCharsets.UTF_8);
    var faults = pair.bench().faults();
    for (var code : Ckr.values()) {
      for (var function : List.of(CkFunction.C_Verify, CkFunction.C_VerifyInit)) {
        faults.failNext(function, code, code, code);
        listen(() -> PlainInput.verify(pair.verifier(), EPOCH, answer, tag));
        faults.mend();
      }
    }
    var cut = Arrays.copyOf(tag, 5);
    listen(() -> say(PlainInput.verify(pair.verifier(), EPOCH, answer, cut)));
    listen(() -> PlainInput.tag(pair.issuer(), new EpochId("none"), answer));
    listen(() -> pair.verifier().selfTest(EPOCH, tag).forEach(this::say));
    listen(() -> PlainInput.verify(pair.verifier(), EPOCH, answer, tag));
    listen(() -> Compatibility.check(pair.verifier().token(), List.of()).forEach(this::say));
    listen(() -> say(pair.verifier().token().health()));
    try (var pin = Pin.of(WRONG_PIN.toCharArray())) {
      say(pin);
      var name = pair.verifier().token().name();
      pair.verifier().token().close();
      listen(
          () ->
              Token.open(
                  pair.bench().module(),
                  name,
                  () -> Pin.of(WRONG_PIN.toCharArray()),
                  TokenSettings.defaults(),
                  InstantSource.system()));
    }
  }

  private static CharSequence[] secrets(byte[] tag) {
    var answer = ANSWER.getBytes(StandardCharsets.UTF_8);
    return new CharSequence[] {
      Bench.USER_PIN,
      Bench.SO_PIN,
      WRONG_PIN,
      ANSWER,
      HexFormat.of().formatHex(answer),
      HexFormat.of().formatHex(tag).substring(0, 10),
      Base64.getEncoder().encodeToString(tag).toLowerCase(Locale.ROOT),
      Arrays.toString(tag)
    };
  }

  private void say(Object thing) {
    said.add(String.valueOf(thing));
  }

  private void listen(ThrowingCallable call) {
    try {
      call.call();
    } catch (Throwable e) {
      var text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      say(text);
    }
  }

  private final class Ear extends Handler {
    @Override
    public void publish(LogRecord message) {
      said.add(new SimpleFormatter().format(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
