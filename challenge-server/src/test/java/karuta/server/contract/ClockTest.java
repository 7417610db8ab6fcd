package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two servers on one database, one of them with a wrong clock. The database's clock is the only one that counts.
class ClockTest {
  private static final Policy POLICY = Policy.standard();

  private final DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh(Store.TABLES);
  private Bank right;
  private Subject customer;

  @BeforeEach
  void open() {
    right = Bank.onMachine(settings, POLICY, InstantSource.system());
    customer = right.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    right.close();
  }

  private Bank wrong(Duration ahead) {
    return right.another(settings, POLICY, () -> InstantSource.system().instant().plus(ahead));
  }

  /// The tenth that was swept would have suspended the card.
  @Test
  void aServerWhoseClockIsAheadEndsNobodysQuestionAndSuspendsNobodysCard() {
    try (var wrong = wrong(POLICY.answerWindow().plusSeconds(60))) {
      for (var i = 0; i < POLICY.abandonedLimit(); i++) {
        var challenge = right.transfer(customer, "t-" + i);
        assertThat(wrong.challenges().sweep(100)).isZero();
        assertThat(wrong.challenges().read(Bank.FRONT, challenge.id()).state())
            .isEqualTo(ChallengeState.OPEN);
        assertThat(wrong.answer(challenge, right.printed(customer).answer(challenge)))
            .isInstanceOf(Passed.class);
      }
      assertThat(right.card(customer, 1).state()).isEqualTo(CardState.ACTIVE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-3600, 3600})
  void whatAServerWithAWrongClockWritesHasTheTimeOfTheDatabase(int seconds) throws Exception {
    var began = databaseMillis();
    try (var wrong = wrong(Duration.ofSeconds(seconds))) {
      var challenge = wrong.transfer(customer, "t-1");
      wrong.fail(customer, "t-2");
      wrong.cards().suspend(Bank.OFFICE, customer, java.util.Optional.empty(), "lost");

      var ended = databaseMillis();
      // as exact as a reading: half the time it took
      var exact = ended - began;
      assertThat(challenge.createdAt().toEpochMilli()).isBetween(began - exact, ended + exact);
      assertThat(wrong.challenges().read(Bank.FRONT, challenge.id()).expiresAt())
          .isEqualTo(challenge.createdAt().plus(POLICY.answerWindow()));
      assertThat(query("SELECT max(at) FROM audit")).isBetween(began - exact, ended + exact);
      assertThat(query("SELECT max(settled_at) FROM verdicts"))
          .isBetween(began - exact, ended + exact);
    }
  }

  private long databaseMillis() throws Exception {
    return query("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
  }

  private long query(String text) throws Exception {
    try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(text)) {
      row.next();
      return row.getLong(1);
    }
  }
}
