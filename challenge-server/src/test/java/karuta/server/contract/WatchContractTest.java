package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.server.challenge.Policy;
import karuta.server.store.AlarmTable;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WatchContractTest {
  private static final Policy POLICY =
      new Policy(
          5,
          100,
          100,
          10,
          Duration.ofMinutes(3),
          10,
          true,
          true,
          new Policy.Watch(1_000, 4, 1_000));

  private final DatabaseSettings settings;
  private final Bank one;
  private final Bank two;

  WatchContractTest(TestDatabase database) {
    settings = database.fresh(Store.TABLES);
    one = Bank.open(settings, POLICY);
    for (var i = 0; i < 5; i++) {
      one.withActiveCard("customer-" + i);
    }
    two = one.another(settings, POLICY);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void oneTryOnEachOfManyAccountsRaisesOneAlarmAcrossServersAndMakesStepUpTheRule() {
    guess(one, 0);
    guess(two, 1);
    guess(one, 2);
    look();
    assertThat(one.seen).doesNotContain(Event.HORIZONTAL_GUESSING);
    assertThat(one.transfer(customer(4), "t-1").questions()).hasSize(1);

    guess(two, 3);
    guess(one, 3);
    look();

    assertThat(one.seen).filteredOn(Event.HORIZONTAL_GUESSING::equals).hasSize(1);
    assertThat(two.seen).doesNotContain(Event.HORIZONTAL_GUESSING);
    assertThat(one.transfer(customer(0), "t-2").questions()).hasSize(2);
  }

  @Test
  void aQuickGuesserShowsWithinAMinuteAndASlowOneWithinADay() {
    var windows =
        new Policy(
            5, 100, 100, 10, Duration.ofMinutes(3), 10, true, false, new Policy.Watch(3, 4, 5));
    try (var watching = one.another(settings, windows)) {
      for (var i = 0; i < 5; i++) {
        guess(one, i);
        one.pass(Duration.ofHours(2));
        watching.challenges().sweep(100);
        assertThat(watching.guessing.get())
            .as("after %d subjects in %d hours", i + 1, 2 * i)
            .isEqualTo(i == 4);
      }
      one.pass(Duration.ofDays(1));
      watching.challenges().sweep(100);
      assertThat(watching.guessing).isFalse();
      for (var i = 0; i < 3; i++) {
        guess(one, i);
      }
      watching.challenges().sweep(100);
      assertThat(watching.guessing).isTrue();
    }
  }

  @Test
  void oneCustomerWhoGuessesWrongRaisesNoAlarm() {
    for (var i = 0; i < 5; i++) {
      one.fail(customer(0), "t-" + i);
    }
    look();

    assertThat(one.seen).doesNotContain(Event.HORIZONTAL_GUESSING);
  }

  @Test
  void theAlarmIsOverWhenTheWindowHasPassed() {
    for (var i = 0; i < 4; i++) {
      guess(one, i);
    }
    one.challenges().sweep(100);
    one.pass(Duration.ofHours(1));

    one.challenges().sweep(100);
    two.challenges().sweep(100);

    assertThat(one.seen).filteredOn(Event.HORIZONTAL_GUESSING_OVER::equals).hasSize(1);
    assertThat(two.seen).doesNotContain(Event.HORIZONTAL_GUESSING_OVER);
    assertThat(one.transfer(customer(0), "t-2").questions()).hasSize(1);
  }

  @Test
  void everyServerKnowsHowTheAlarmStandsWhoeverRaisedOrClearedIt() {
    for (var i = 0; i < 4; i++) {
      guess(one, i);
    }
    look();
    assertThat(one.guessing).isTrue();
    assertThat(two.guessing).isTrue();
    one.pass(Duration.ofHours(1));

    two.challenges().sweep(100);
    one.challenges().sweep(100);

    assertThat(two.seen).contains(Event.HORIZONTAL_GUESSING_OVER);
    assertThat(two.guessing).isFalse();
    assertThat(one.guessing).isFalse();
  }

  @Test
  void ofServersThatSeeItAtOnceOneRaisesItAndOneClearsIt() {
    var name = AlarmTable.HORIZONTAL_GUESSING;
    var now = one.time.instant();

    assertThat(one.store.<Boolean>change(tx -> tx.alarms().raise(name, now))).isTrue();
    assertThat(two.store.<Boolean>change(tx -> tx.alarms().raise(name, now))).isFalse();
    assertThat(two.store.<Boolean>change(tx -> tx.alarms().clear(name))).isTrue();
    assertThat(one.store.<Boolean>change(tx -> tx.alarms().clear(name))).isFalse();
  }

  @Test
  void whereThePolicyDoesNotSaySoTheAlarmChangesNoQuestion() {
    for (var i = 0; i < 4; i++) {
      guess(one, i);
    }
    look();
    var calm = new Policy(5, 100, 100, 10, Duration.ofMinutes(3), 10, true, false, POLICY.watch());
    try (var three = one.another(settings, calm)) {
      assertThat(three.transfer(customer(4), "t-1").questions()).hasSize(1);
    }
    assertThat(one.transfer(customer(0), "t-1").questions()).hasSize(2);
  }

  /// Whoever answers wrong is told so whether the watch is quick, slow or away.
  @Test
  void noAnswerWaitsForTheWatch() {
    for (var i = 0; i < 4; i++) {
      guess(one, i);
    }

    assertThat(one.seen).doesNotContain(Event.HORIZONTAL_GUESSING);
    one.challenges().sweep(100);
    assertThat(one.seen).contains(Event.HORIZONTAL_GUESSING);
  }

  @Test
  void anAlarmIsNotClearedByAServerThatHasNotReadAllYet() throws SQLException {
    many(12_000, one.time.instant().minusSeconds(200));
    for (var i = 0; i < 4; i++) {
      guess(one, i);
    }
    one.store.<Boolean>change(
        tx -> tx.alarms().raise(AlarmTable.HORIZONTAL_GUESSING, one.time.instant()));
    one.pass(Duration.ofMinutes(5));

    // of twelve thousand old answers of one subject it reads ten thousand at once
    two.challenges().sweep(100);

    assertThat(two.seen).doesNotContain(Event.HORIZONTAL_GUESSING_OVER);
    assertThat(two.guessing).isTrue();
    two.challenges().sweep(100);
    assertThat(two.guessing).isTrue();
  }

  /// So many wrong answers of one subject, put in by hand.
  private void many(int count, Instant at) throws SQLException {
    var postgresql = settings.url().startsWith("jdbc:postgresql");
    try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "postgres");
        var statement = connection.createStatement()) {
      if (postgresql) {
        statement.execute("SET session_replication_role = replica");
      }
      statement.execute(
          """
          INSERT INTO verdicts (caller, idempotency_key, challenge_id, subject, verdict, card_state,
                                attempts_left, draws_left, renewal_due, settled_at)
          WITH RECURSIVE n(i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT 'front', 'by-hand-' || i, '0000000000000000' || i, 'customer-0', 'WRONG', 'ACTIVE', 1, 1, FALSE, %d + i
            FROM n
          """
              .formatted(100_000 + count - 1, at.toEpochMilli() - 100_000));
    }
  }

  private void look() {
    one.challenges().sweep(100);
    two.challenges().sweep(100);
  }

  private static void guess(Bank bank, int customer) {
    bank.fail(customer(customer), "guess");
  }

  private static karuta.card.Subject customer(int i) {
    return new karuta.card.Subject("customer-" + i);
  }
}
