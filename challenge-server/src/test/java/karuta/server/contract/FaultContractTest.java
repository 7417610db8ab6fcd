package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.InvariantBroken;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.card.CardView;
import karuta.server.card.Method;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The token has spoken and then the database fails: triggers stand for the disk that is full at the worst moment.
@ParameterizedClass
@EnumSource
class FaultContractTest {
  private final TestDatabase database;
  private final DatabaseSettings settings;
  private final Bank bank;
  private final Subject customer;

  FaultContractTest(TestDatabase database) {
    this.database = database;
    settings = database.fresh(Store.TABLES);
    bank = Bank.open(settings, Policy.standard());
    customer = bank.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void aRightAnswerThatCannotBeWrittenIsNotAcceptedAndMayBeSentAgain() throws SQLException {
    var challenge = bank.transfer(customer, "t-1");
    var key = bank.key();
    var right = bank.printed(customer).answer(challenge);
    var asked = bank.token.right.get();
    failOn("INSERT", "audit", "NEW.event = 'answer-right'");

    assertThatThrownBy(() -> bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(DatabaseUnavailable.class);

    assertThat(bank.token.right).hasValue(asked + 1);
    assertThat(bank.challenges().read(Bank.FRONT, challenge.id()).state())
        .isEqualTo(ChallengeState.OPEN);
    repair("audit");
    bank.store.check(bank.time);
    assertThat(bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(Passed.class);
  }

  @Test
  void aWrongAnswerThatCannotBeWrittenGetsNoVerdict() throws SQLException {
    var challenge = bank.transfer(customer, "t-1");
    failOn("UPDATE", "challenges", "NEW.state = 'FAILED'");

    assertThatThrownBy(() -> bank.answer(challenge, bank.printed(customer).wrongAnswer(challenge)))
        .isInstanceOf(DatabaseUnavailable.class);

    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  /// A store that writes nothing is no oracle: what the guard judged is counted there, and stays what it is.
  @Test
  void aVerdictThatCouldNotBeSettledIsCountedByTheGuardAndToldWhenTheStoreIsBack()
      throws SQLException {
    var challenges = new ArrayList<ChallengeView>();
    for (var i = 0; i < 5; i++) {
      challenges.add(bank.transfer(bank.withActiveCard("guessed-" + i), "t-1"));
    }
    failOn("INSERT", "audit", "NEW.event = 'answer-wrong'");

    for (var challenge : challenges) {
      var wrong = bank.printed(challenge.subject()).wrongAnswer(challenge);
      assertThatThrownBy(() -> bank.answer(challenge, wrong))
          .isInstanceOf(DatabaseUnavailable.class);
      assertThat(bank.guards.failures(challenge.subject())).isEqualTo(1);
    }

    repair("audit");
    for (var challenge : challenges) {
      var right = bank.printed(challenge.subject()).answer(challenge);
      assertThat(bank.answer(challenge, right)).isInstanceOf(Wrong.class);
      assertThat(bank.guards.failures(challenge.subject())).isEqualTo(1);
      assertThat(bank.card(challenge.subject(), 1).wrongAnswers()).isEqualTo(1);
    }
  }

  @Test
  void aFaultOfOneCardStopsNobodyElse() throws SQLException {
    var challenge = bank.transfer(customer, "t-1");
    var other = bank.transfer(bank.withActiveCard("customer-2"), "t-1");
    failOn("UPDATE", "card_states", "NEW.subject = 'customer-1'");

    assertThatThrownBy(() -> bank.answer(challenge, bank.printed(customer).answer(challenge)))
        .isInstanceOf(DatabaseUnavailable.class);

    assertThat(bank.answer(other, bank.printed(other.subject()).answer(other)))
        .isInstanceOf(Passed.class);
  }

  @Test
  void aSwitchThatFailsAfterTheGuardSpokeChangesNothing() throws SQLException {
    bank.withReplacementMailed(customer);
    var challenge = bank.challenges().activate(Bank.FRONT, customer, true);
    var right = bank.printed(customer, 2).answer(challenge);
    var asked = bank.token.right.get();
    failOn("INSERT", "audit", "NEW.event = 'card-activated'");

    assertThatThrownBy(() -> bank.answer(challenge, right)).isInstanceOf(DatabaseUnavailable.class);

    assertThat(bank.token.right).hasValue(asked + 1);
    assertThat(bank.cards().subject(customer).method()).isEqualTo(Method.IMAGE_CARD);
    assertThat(bank.cards().subject(customer).cards())
        .extracting(CardView::state)
        .containsExactly(CardState.MAILED, CardState.ACTIVE);
    bank.store.check(bank.time);
    var old = bank.transfer(customer, "t-1");
    assertThat(bank.answer(old, bank.printed(customer, 1).answer(old))).isInstanceOf(Passed.class);
    repair("audit");
    assertThat(bank.answer(challenge, right)).isInstanceOf(Passed.class);
  }

  @Test
  void aRowThatSomebodyChangedByHandIsNeitherAFaultNorAVerdict() throws SQLException {
    var challenge = bank.transfer(customer, "t-1");
    var right = bank.printed(customer).answer(challenge);
    execute("UPDATE card_states SET first_draw = CASE first_draw WHEN 1 THEN 2 ELSE 1 END");

    // another draw, or one that was used: which of the two, chance decides
    assertThatThrownBy(() -> bank.answer(challenge, right)).isInstanceOf(InvariantBroken.class);
  }

  private void failOn(String change, String table, String when) throws SQLException {
    if (database == TestDatabase.SQLITE) {
      execute(
          "CREATE TRIGGER broken BEFORE %s ON %s WHEN %s BEGIN SELECT RAISE(ABORT, 'broken'); END"
              .formatted(change, table, when));
    } else {
      execute(
          """
          CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'broken'; END $$
          """);
      execute(
          "CREATE TRIGGER broken BEFORE %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION break()"
              .formatted(change, table, when));
    }
  }

  private void repair(String table) throws SQLException {
    execute(
        database == TestDatabase.SQLITE
            ? "DROP TRIGGER broken"
            : "DROP TRIGGER broken ON " + table);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(settings.url(), "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
