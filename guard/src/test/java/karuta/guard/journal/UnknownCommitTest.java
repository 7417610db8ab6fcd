package karuta.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.SimulatedDatabase;
import karuta.database.testing.TableCopy;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A commit that gave no answer may have been done or not. The guard goes on from either place, and from no other.
@ParameterizedClass
@EnumSource
class UnknownCommitTest {
  /// Where the answer was lost.
  enum Lost {
    BEFORE_THE_COMMIT,
    AFTER_THE_COMMIT
  }

  private static final List<String> TABLES =
      List.of("guards", "cards", "judgements", "failure_minutes", "trips");

  private final Lost lost;
  private final TestCard card = new TestCard("customer-1");
  private final SimulatedDatabase database = SimulatedDatabase.make(Journal.TABLES);
  private final Database beside = database.connect(SimulatedDatabase.Steps.NONE);
  private final Journal journal;
  private boolean silent;

  UnknownCommitTest(Lost lost) {
    this.lost = lost;
    this.journal =
        new SimulatedJournal(
                database.connect(new Losing()),
                "guard-1",
                Caps.standard(),
                new TestTime(),
                50,
                () -> false)
            .journal();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private final class Losing implements SimulatedDatabase.Steps {
    @Override
    public void committing() {
      fail(Lost.BEFORE_THE_COMMIT);
    }

    @Override
    public void committed() {
      fail(Lost.AFTER_THE_COMMIT);
    }

    private void fail(Lost here) {
      if (silent && lost == here) {
        throw SimulatedDatabase.fault();
      }
    }
  }

  private void record() {
    journal.record(Entry.of(card.wrong(1), false));
  }

  private void recordUnheard() {
    silent = true;
    assertThatThrownBy(this::record).isInstanceOf(DatabaseUnavailable.class);
    silent = false;
  }

  private int rows() {
    return beside.reading(
        sql ->
            sql.row(row -> row.getInt("n"), "SELECT count(*) AS n FROM judgements").orElseThrow());
  }

  @Test
  void theGuardGoesOnWhereverItEnded() {
    record();
    recordUnheard();
    record();

    assertThat(journal.moved()).isFalse();
    assertThat(rows()).isEqualTo(lost == Lost.AFTER_THE_COMMIT ? 3 : 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aJournalThatIsPutBackThenIsNoticed(int unheard) {
    record();
    var old = TableCopy.of(beside, TABLES);
    record();
    for (var i = 0; i < unheard; i++) {
      recordUnheard();
    }
    old.putBack(beside);

    assertThatThrownBy(this::record)
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage("the journal is not as this guard left it");

    assertThat(journal.moved()).isTrue();
    assertThat(rows()).isEqualTo(1);
  }
}
