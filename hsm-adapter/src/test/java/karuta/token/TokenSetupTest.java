package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.InstantSource;
import karuta.token.testing.Bench;
import karuta.token.testing.FakeBench;
import karuta.token.testing.SoftHsm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSetupTest {
  private static Bench bench(boolean real) {
    return real ? SoftHsm.start() : new FakeBench();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNewTokenIsFoundByItsName(boolean real) {
    try (var bench = bench(real)) {
      var one = bench.initialise("one");
      var two = bench.initialise("two");
      assertThat(bench.module().tokens()).containsExactlyInAnyOrder(one, two);
      assertThat(one.serial()).isNotEqualTo(two.serial());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTokenIsNotInitialisedTwice(boolean real) {
    try (var bench = bench(real)) {
      bench.initialise("one");
      assertThatIllegalStateException().isThrownBy(() -> bench.initialise("one"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPinIsChangedByWhoKnowsIt(boolean real) {
    try (var bench = bench(real);
        var wrong = Pin.of("111111".toCharArray());
        var fresh = Pin.of("852963".toCharArray())) {
      var name = bench.initialise("one");
      var module = bench.module();
      assertThatExceptionOfType(TokenAuthFailed.class)
          .isThrownBy(() -> TokenSetup.changePin(module, name, wrong, fresh));
      TokenSetup.changePin(module, name, bench.pin().get(), fresh);
      assertThatExceptionOfType(TokenAuthFailed.class)
          .isThrownBy(
              () ->
                  Token.open(
                      module, name, bench.pin(), TokenSettings.defaults(), InstantSource.system()));
      Token.open(
              module,
              name,
              () -> Pin.of("852963".toCharArray()),
              TokenSettings.defaults(),
              InstantSource.system())
          .close();
    }
  }
}
