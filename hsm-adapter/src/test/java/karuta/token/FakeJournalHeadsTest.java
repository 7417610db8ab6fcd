package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import karuta.token.testing.Bench;
import karuta.token.testing.FakeBench;
import karuta.token.testing.FakeCryptoki.Quirk;
import org.junit.jupiter.api.Test;

class FakeJournalHeadsTest extends JournalHeadsContract {
  @Override
  Bench newBench() {
    return new FakeBench();
  }

  @Test
  void theOldHeadStaysWhereTheTokenDoesNotMakeWhatWasAsked() {
    heads.advance(GUARD, FIRST);
    ((FakeBench) bench).fake().quirk(Quirk.COPYABLE_UNKNOWN);
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> heads.advance(GUARD, SECOND))
        .withMessageContaining("guard-head-tokyo-1: CKA_COPYABLE");
    assertThat(objects(GUARD)).isEqualTo(1);
    assertThat(heads.read(GUARD)).contains(FIRST);
  }
}
