package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A PostgreSQL that says nothing, and one whose commits wait for a standby that says nothing: nobody closes a
/// connection, and no limit of the server's own ends the wait. A thread that waits for a socket heeds no interrupt, so
/// each test has one of its own, which is left behind when it hangs.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentPostgresTest {
  private static PostgresServer primary;
  private static PostgresServer standby;

  private DatabaseSettings settings;
  private Bank patient;
  private Bank bank;
  private Subject customer;

  @BeforeAll
  static void start() {
    primary = PostgresServer.start();
    standby = primary.standby();
  }

  @AfterAll
  static void end() {
    standby.close();
    primary.close();
  }

  /// What has to go well goes through a store that waits as long as a busy machine needs.
  @BeforeEach
  void open() {
    settings = TestDatabase.on(primary, Store.TABLES);
    patient = Bank.open(settings, Policy.standard());
    customer = patient.withActiveCard("customer-1");
    bank =
        patient.another(
            TestDatabase.withStandby(settings, Duration.ofSeconds(1)), Policy.standard());
  }

  @AfterEach
  void close() {
    standby.goOn();
    primary.goOn();
    bank.close();
    patient.close();
  }

  @Test
  void everyCallToASilentDatabaseHasAnEndAndItIsUsedAgainWhenItSpeaks() {
    var challenge = patient.transfer(customer, "t-1");
    var right = patient.printed(customer).answer(challenge);
    var key = patient.key();
    primary.fallSilent();

    assertThatThrownBy(() -> bank.cards().subject(customer))
        .isInstanceOf(DatabaseUnavailable.class);
    assertThatThrownBy(() -> bank.transfer(customer, "t-2"))
        .isInstanceOf(DatabaseUnavailable.class);
    assertThatThrownBy(() -> bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(DatabaseUnavailable.class);

    primary.goOn();
    assertThat(settled(challenge.id(), key, right)).isInstanceOf(Passed.class);
  }

  @Test
  void anAnswerWhoseCommitWaitsForALostStandbyIsUnknownAndItsKeyTellsWhatBecameOfIt() {
    var challenge = patient.transfer(customer, "t-1");
    var right = patient.printed(customer).answer(challenge);
    var key = patient.key();
    var asked = patient.token.right.get();
    standby.stopReceiving();

    assertThatThrownBy(() -> bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(DatabaseUnavailable.class);

    standby.goOn();
    assertThat(settled(challenge.id(), key, right)).isInstanceOf(Passed.class);
    assertThat(patient.token.right).hasValueLessThanOrEqualTo(asked + 2);
  }

  @Test
  void aCheckWritesSoItFindsALostStandbyWhereAQueryWouldNot() {
    standby.stopReceiving();

    assertThatThrownBy(() -> bank.store.check(bank.time)).isInstanceOf(DatabaseUnavailable.class);
    assertThat(patient.cards().subject(customer).cards()).isNotEmpty();
  }

  /// PostgreSQL answers such a commit with success and a warning.
  @Test
  void aCommitThatAnAdministratorHasTakenOutOfItsWaitIsUnknown() {
    standby.stopReceiving();
    var name = settings.url().replaceFirst(".*ApplicationName=", "");
    var waiting =
        "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = '%s'"
            .formatted(name);
    var change = CompletableFuture.runAsync(() -> patient.store.check(patient.time));

    primary.await("SELECT count(*) " + waiting, "1");
    primary.execute("SELECT pg_cancel_backend(pid) " + waiting);

    assertThatThrownBy(change::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(DatabaseUnavailable.class);
  }

  /// Tells when the database is itself again: until then a call may still meet what is left of its silence.
  private Outcome settled(
      karuta.card.ChallengeId challenge,
      IdempotencyKey key,
      java.util.List<java.util.List<Integer>> right) {
    while (true) {
      try {
        bank.store.check(bank.time);
        return bank.challenges().answer(Bank.FRONT, challenge, key, right);
      } catch (DatabaseUnavailable unavailable) {
        if (Thread.interrupted()) {
          throw unavailable;
        }
      }
    }
  }
}
