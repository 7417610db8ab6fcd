package karuta.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.server.store.Store;
import karuta.server.store.WrongAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WrongAnswersTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final int AT_ONCE = WrongAnswers.PAGE * WrongAnswers.PAGES;

  private final DatabaseSettings settings;
  private final Store store;
  private int made;

  WrongAnswersTest(TestDatabase database) {
    settings = database.fresh(Store.TABLES);
    store = Store.open(settings);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatWasReadIsNotReadAgainButForWhatMayStillBeCommitted() throws Exception {
    var answers = new WrongAnswers(store, START);
    var late = store.slowest();
    var now = START.plus(late.multipliedBy(3));
    make(3, now.minus(late.multipliedBy(2)));
    make(2, now.minusSeconds(5));
    assertThat(read(answers, now)).hasSize(5);

    assertThat(read(answers, now)).hasSize(2);
    // committed as late as can be
    make(1, now.minus(late).plusMillis(1));
    make(1, now.plusSeconds(1));

    assertThat(read(answers, now.plusSeconds(1))).hasSize(4);
    assertThat(read(answers, now.plus(late.multipliedBy(2)))).hasSize(3);
    assertThat(read(answers, now.plus(late.multipliedBy(2)))).isEmpty();
  }

  /// A statement may wait for a row twice the store's patience, and its commit three times.
  @Test
  void anAnswerMayBeCommittedAsLateAsTheStoresDeadlinesAllow() {
    assertThat(store.slowest()).isGreaterThan(settings.patience().multipliedBy(2 + 3));
  }

  @Test
  void whatIsCommittedLateWhileAReadingGoesOnIsReadByTheNext() throws Exception {
    var answers = new WrongAnswers(store, START);
    var first = START.plus(store.slowest()).plusSeconds(20);
    make(AT_ONCE + 1, first.minusSeconds(11));
    assertThat(read(answers, first)).hasSize(AT_ONCE);

    // behind the place that was reached
    make(1, first.minus(store.slowest()).plusMillis(1));
    var second = first.plus(store.slowest());
    assertThat(read(answers, second)).hasSize(1);
    assertThat(answers.complete()).isTrue();

    assertThat(read(answers, second))
        .hasSize(AT_ONCE)
        .first()
        .matches(one -> one.at().isBefore(first.minusSeconds(5)));
  }

  @Test
  void noReadingIsWithoutAnEndAndTheNextGoesOn() throws Exception {
    var answers = new WrongAnswers(store, START);
    make(AT_ONCE + 500, START.plusSeconds(1));
    var now = START.plusSeconds(600).plus(store.slowest());

    assertThat(read(answers, now)).hasSize(AT_ONCE);
    assertThat(answers.complete()).isFalse();
    assertThat(read(answers, now)).hasSize(500);
    assertThat(answers.complete()).isTrue();
    assertThat(read(answers, now)).isEmpty();
  }

  private static List<WrongAnswer> read(WrongAnswers answers, Instant now) {
    var read = new ArrayList<WrongAnswer>();
    assertThat(answers.read(now, read::add)).isEqualTo(read.size());
    return read;
  }

  /// Wrong answers one millisecond apart, put in by hand.
  private void make(int count, Instant at) throws Exception {
    try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "postgres");
        var statement = connection.createStatement()) {
      if (settings.url().startsWith("jdbc:postgresql")) {
        statement.execute("SET session_replication_role = replica");
      }
      statement.execute(
          """
          INSERT INTO verdicts (caller, idempotency_key, challenge_id, subject, verdict, card_state,
                                attempts_left, draws_left, renewal_due, settled_at)
          WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT 'front', 'by-hand-' || (i + %d), '0000000000000000' || (i + %d), 's' || i, 'WRONG', 'ACTIVE',
                 1, 1, FALSE, %d + i
            FROM n
          """
              .formatted(count - 1, 100_000 + made, 100_000 + made, at.toEpochMilli()));
      made += count;
    }
  }
}
