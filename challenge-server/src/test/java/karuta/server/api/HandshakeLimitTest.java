package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class HandshakeLimitTest {
  private final ArrayList<HandshakeFailure> refused = new ArrayList<>();
  private final HandshakeLimit limit =
      new HandshakeLimit(new ApiServer.Handshakes(2, 3), refused::add);

  @Test
  void anAddressHasItsShareAndLeavesTheOthersTheirs() {
    assertThat(limit.enter("one")).isTrue();
    assertThat(limit.enter("one")).isTrue();
    assertThat(limit.enter("one")).isFalse();
    assertThat(limit.enter("two")).isTrue();
    assertThat(refused).containsExactly(HandshakeFailure.TOO_MANY);
  }

  @Test
  void manyAddressesHaveSoManyTogetherAndNoMore() {
    assertThat(limit.enter("one")).isTrue();
    assertThat(limit.enter("two")).isTrue();
    assertThat(limit.enter("three")).isTrue();
    assertThat(limit.enter("four")).isFalse();
    assertThat(refused).containsExactly(HandshakeFailure.TOO_MANY_IN_ALL);
  }

  @Test
  void whatHasEndedOrWasRefusedTakesNoPlace() {
    for (var i = 0; i < 10; i++) {
      assertThat(limit.enter("one")).isTrue();
      assertThat(limit.enter("one")).isTrue();
      assertThat(limit.enter("one")).isFalse();
      assertThat(limit.enter("two")).isTrue();
      assertThat(limit.enter("three")).isFalse();
      limit.leave("one");
      limit.leave("one");
      limit.leave("two");
    }
  }
}
