package karuta.guard.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;
import karuta.guard.client.Reply.Judged;
import karuta.guard.journal.Caps;
import karuta.guard.journal.Journal;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.upkeep.JournalCheck.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal of two guards and three cards, and what somebody may have done to it.
///
/// | guard | 1 | 2 | 3 | 4 | 5 | 6 |
/// |---|---|---|---|---|---|---|
/// | a | 1 wrong | 1 wrong | 1 right | 2 wrong | 1 wrong | 3 closed |
/// | b | 2 right | 1 wrong | 3 step-up right | | | |
@ParameterizedClass
@EnumSource(TestDatabase.class)
class JournalCheckTest {
  private static final int ROWS = 9;

  private final DatabaseSettings settings;
  private final TestGuards guards;
  private final Database raw;

  JournalCheckTest(TestDatabase database) {
    this.settings = database.fresh(Journal.TABLES);
    this.guards = new TestGuards(settings, Caps.standard());
    this.raw = Database.open(settings, Journal.TABLES);
  }

  @BeforeEach
  void judge() {
    var cards = IntStream.rangeClosed(0, 3).mapToObj(i -> new TestCard("customer-" + i)).toList();
    var one = cards.get(1);
    var two = cards.get(2);
    var three = cards.get(3);
    var a = guards.open("a");
    var b = guards.open("b");
    a.judge(one.wrong(1));
    a.judge(one.wrong(1));
    a.judge(one.right(1, 9));
    guards.time.pass(Duration.ofMinutes(3));
    a.judge(two.wrong(1));
    b.judge(two.right(1));
    b.judge(one.wrong(2));
    a.judge(one.wrong(2));
    a.recall(three.recall(three.right(1)));
    b.judge(three.right(1, 2));
  }

  @AfterEach
  void close() {
    raw.close();
    guards.close();
  }

  private Report check(ChainHead... known) {
    return JournalCheck.of(raw, List.of(known));
  }

  private void change(String text) {
    assertThat(raw.<Integer>change(sql -> sql.change(text)))
        .as("rows that were changed")
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 500})
  void whatGuardsWroteHolds(int together) {
    var report = JournalCheck.of(raw, List.of(), Optional.empty(), together);
    assertThat(report.broken()).isEmpty();
    assertThat(report.found()).isZero();
    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.heads()).extracting(ChainHead::guard).containsExactly("a", "b");
    assertThat(report.heads()).extracting(ChainHead::sequence).containsExactly(6L, 3L);
    assertThat(JournalCheck.of(raw, report.heads(), Optional.empty(), together).found()).isZero();
  }

  @Test
  void anEmptyJournalHolds() {
    raw.change(
        sql -> {
          for (var table : List.of("judgements", "cards", "guards", "failure_minutes")) {
            sql.change("DELETE FROM " + table);
          }
          return 0;
        });
    assertThat(check().found()).isZero();
    assertThat(check().rows()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          UPDATE judgements SET verdict = 'RIGHT' WHERE guard = 'a' AND sequence = 2                        | guard a: row 2 is not the one that was written
          UPDATE judgements SET first_draw = 7 WHERE guard = 'b' AND sequence = 1                           | guard b: row 1 is not the one that was written
          UPDATE judgements SET audience = 'elsewhere' WHERE guard = 'a' AND sequence = 3                   | guard a: row 3 is not the one that was written
          UPDATE judgements SET judged_at = judged_at + 1 WHERE guard = 'a' AND sequence = 6                | guard a: row 6 is not the one that was written
          UPDATE judgements SET challenge = 'zzzzzzzzzzzzzzzzzzzzzz' WHERE guard = 'b' AND sequence = 2     | guard b: row 2 is not the one that was written
          UPDATE judgements SET purpose = 'no purpose' WHERE guard = 'b' AND sequence = 2                   | guard b: a row after
          UPDATE judgements SET purpose = 'no purpose' WHERE guard = 'b' AND sequence = 2                   | card of customer-1, generation 1: a row of it holds what no guard writes
          UPDATE cards SET subject = 'no subject!' WHERE subject = 'customer-2'                             | a card after
          UPDATE guards SET hash = 'short' WHERE guard = 'b'                                                | a head holds what no guard writes
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 6                                         | guard a: its rows end at 5, and its head is another one, at 6
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 6                                         | card of customer-3, generation 1: its rows after 0 are missing
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 2                                         | guard a: the rows after 1 up to 3 are missing
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 1                                         | guard a: the rows after 0 up to 2 are missing
          DELETE FROM judgements WHERE guard = 'b' AND sequence = 2                                         | guard a: row 5 has no row before it in its card's chain
          DELETE FROM judgements WHERE guard = 'b'                                                          | guard b: its rows end at 0, and its head is another one, at 3
          UPDATE guards SET sequence = 2 WHERE guard = 'b'                                                  | guard b: its rows end at 3, and its head is another one, at 2
          UPDATE guards SET judged_at = 0 WHERE guard = 'b'                                                 | guard b: its rows end at 3, and its head is another one, at 3
          DELETE FROM guards WHERE guard = 'b'                                                              | guard b: it has rows and no head
          UPDATE cards SET failures = 0 WHERE subject = 'customer-1'                                        | card of customer-1, generation 1: what it counts is not what its rows say: failures 0 and not 2
          UPDATE cards SET failures = failures - 1, failures_in_life = failures_in_life - 1 WHERE subject = 'customer-1' | failures 1 and not 2, failures in its life 3 and not 4
          UPDATE cards SET failed_at = 0 WHERE subject = 'customer-2'                                       | last failure 1970-01-01T00:00:00Z and not 2026-01-05T09:03:00Z
          UPDATE cards SET spent_draws = (SELECT spent_draws FROM cards WHERE subject = 'customer-2') WHERE subject = 'customer-3' | spent draws {1} and not {1, 2}
          UPDATE cards SET number = number + 1 WHERE subject = 'customer-3'                                 | card of customer-3, generation 1: what it counts is not what its rows say: head 3 and not 2
          DELETE FROM cards WHERE subject = 'customer-2'                                                    | guard a: row 4 is of a card that the journal lacks
          DELETE FROM failure_minutes WHERE minute = (SELECT max(minute) FROM failure_minutes)              | the failures of all cards together
          UPDATE failure_minutes SET failures = failures + 1                                                | the failures of all cards together
          """)
  void whateverWasDoneToItIsFound(String done, String said) {
    change(done);
    for (var together : new int[] {1, 500}) {
      var report = JournalCheck.of(raw, List.of(), Optional.empty(), together);
      assertThat(report.broken()).anySatisfy(what -> assertThat(what).contains(said));
      assertThat(report.found()).isEqualTo(report.broken().size());
    }
  }

  /// One that was changed is found, and is all that is.
  @Test
  void aChangedRowLeavesTheOthersInOrder() {
    change("UPDATE judgements SET audience = 'elsewhere' WHERE guard = 'a' AND sequence = 3");
    assertThat(check().broken()).containsExactly("guard a: row 3 is not the one that was written");
  }

  /// The hash of the last row is what the head says, and each card is as its rows are.
  @Test
  void aJournalThatWasPutBackIsFoundByAHeadThatWasKnown() {
    var kept = guards.copy();
    var card = new TestCard("customer-1");
    var told =
        ((Judged) guards.open("a").judge(card.showing(card.wrong(3), Head.NONE))).judgement();
    var head = new ChainHead("a", told.sequence(), told.head().hash());
    assertThat(check(head).found()).isZero();
    guards.putBack(kept);
    assertThat(check().found()).isZero();

    assertThat(check(head).broken())
        .containsExactly("guard a: it has no row 7 with the hash that was known");
    guards.open("a").judge(card.wrong(3));
    assertThat(check(new ChainHead("a", 7, "A".repeat(43))).found()).isEqualTo(1);
  }

  @Test
  void whatIsSaidHasAnEnd() {
    var known =
        IntStream.rangeClosed(1, 150)
            .mapToObj(i -> new ChainHead("c", i, "A".repeat(43)))
            .toArray(ChainHead[]::new);
    assertThat(check(known).broken()).hasSize(100);
    assertThat(check(known).found()).isEqualTo(150);
  }
}
