package karuta.server.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import karuta.card.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static Policy policy(int stepUpAt, int lifeLimit, int renewalAt, boolean stepUpOnAlarm) {
    return new Policy(
        5,
        stepUpAt,
        lifeLimit,
        10,
        Duration.ofMinutes(3),
        renewalAt,
        true,
        stepUpOnAlarm,
        Policy.standard().watch());
  }

  @ParameterizedTest
  @CsvSource({"10, false, 10", "10, true, 21", "0, false, 1", "0, true, 1", "1000, false, 25"})
  void aReplacementIsDueWhenFewQuestionsAreLeftHoweverManyDrawsEachTakes(
      int renewalAt, boolean stepUpOnAlarm, int due) {
    var policy = policy(10, 30, renewalAt, stepUpOnAlarm);
    assertThat(policy.renewalDue(Profile.STANDARD, due, 0)).isTrue();
    assertThat(policy.renewalDue(Profile.STANDARD, due + 1, 0)).isFalse();
  }

  @Test
  void aReplacementIsDueFromTheStepUpOn() {
    var policy = policy(10, 30, 10, false);
    assertThat(policy.renewalDue(Profile.STANDARD, 100, 9)).isFalse();
    assertThat(policy.renewalDue(Profile.STANDARD, 100, 10)).isTrue();
  }

  @Test
  void aStepUpThatIsNeverReachedIsNoPolicy() {
    assertThatThrownBy(() -> policy(31, 30, 10, false)).hasMessageContaining("stepUpAt");
  }
}
