package karuta.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Head;
import karuta.guard.client.Recall;
import karuta.guard.client.SealFields;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestCard;
import karuta.server.challenge.Policy;
import karuta.server.metrics.Meters;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A guard that replies is not enough: [WatchedGuard#up] is what answers are refused by.
class WatchedGuardTest {
  private static final Map<EpochId, String> RECORDS =
      Map.of(FakeJudgeToken.EPOCH, FakeJudgeToken.CHECK_VALUE);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Bank bank;

  @BeforeEach
  void open() {
    bank = Bank.open(TestDatabase.SQLITE.fresh(Store.TABLES), Policy.standard());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private WatchedGuard watched(Map<EpochId, String> records) {
    return new WatchedGuard(
        bank.guard, bank.store, new Meters(registry), records, System::nanoTime);
  }

  private static void assertNotUp(WatchedGuard guard, String why) {
    assertThatThrownBy(guard::check).isInstanceOf(GuardUnavailable.class).hasMessage(why);
    assertThat(guard.up()).isFalse();
  }

  @Test
  void whoWasNeverLookedAtIsNotUp() {
    var guard = watched(RECORDS);
    assertThat(guard.up()).isFalse();
    guard.check();
    assertThat(guard.up()).isTrue();
  }

  @Test
  void whoseTokenLacksAKeyIsNotUpUntilItIsBack() {
    var guard = watched(RECORDS);
    guard.check();
    bank.token.beforeVerify.set(
        () -> {
          throw new GuardUnavailable("the token lacks receipt-1");
        });
    assertNotUp(guard, "the token lacks receipt-1");
    bank.token.beforeVerify.set(() -> {});
    guard.check();
    assertThat(guard.up()).isTrue();
  }

  /// What needs that key is refused by the guard itself; all else would stop with it.
  @Test
  void whoseTokenHasKeysAtALimitIsUpAndNamesThem() {
    var guard = watched(RECORDS);
    bank.token.capped.addAll(List.of("receipt-1", "book-e1"));
    assertThat(guard.check())
        .isEqualTo("the token's own limit on the uses of a key is reached: book-e1, receipt-1");
    assertThat(guard.up()).isTrue();
    assertThat(registry.get("karuta.capped.keys").gauge().value()).isEqualTo(2);
    bank.token.capped.clear();
    assertThat(guard.check()).isEmpty();
    assertThat(registry.get("karuta.capped.keys").gauge().value()).isZero();
  }

  @Test
  void whoHasAnotherKeyOrNoneForARecordIsNotUp() {
    assertNotUp(
        watched(
            Map.of(
                FakeJudgeToken.EPOCH,
                "ab".repeat(32),
                new EpochId("e2"),
                FakeJudgeToken.CHECK_VALUE)),
        "the guard has not the key of this server's epoch record: book-e1, book-e2");
  }

  @Test
  void whoseJournalLacksWhatTheStoreRemembersIsNotUpAndIsCounted() {
    var guard = watched(RECORDS);
    guard.check();
    var unknown = new ChainHead("guard-1", 7, "h".repeat(43));
    bank.store.change(tx -> tx.guardHeads().remember(List.of(unknown)));
    assertNotUp(guard, "the journal is older than what the server remembers");
    assertThat(registry.get("karuta.events").tag("event", "journal-behind").counter().count())
        .isEqualTo(1);
  }

  /// A journal that was put back and has gone on comes to the same numbers; what the store has of it is what tells.
  @Test
  void whoseJournalWasPutBackIsNotUpAlsoForAServerThatWasStartedSince() {
    var customer = bank.withActiveCard("customer-1");
    var old = bank.guards.copy();
    bank.fail(customer, "t-1");
    var before = watched(RECORDS);
    before.check();
    var heads = remembered();
    assertThat(heads).extracting(ChainHead::sequence).containsExactly(2L);

    bank.guards.putBack(old);

    assertNotUp(before, "the journal is older than what the server remembers");
    var goneOn = bank.guards.open("guard-1");
    goneOn.recall(recall());
    assertThat(goneOn.look(List.of()).heads()).extracting(ChainHead::sequence).containsExactly(2L);
    assertNotUp(
        new WatchedGuard(goneOn, bank.store, new Meters(registry), RECORDS, System::nanoTime),
        "the journal is older than what the server remembers");
    try (var store = Store.open(bank.settings)) {
      assertNotUp(
          new WatchedGuard(goneOn, store, new Meters(registry), RECORDS, System::nanoTime),
          "the journal is older than what the server remembers");
    }
    assertThat(remembered()).as("a guard that is behind is not believed").isEqualTo(heads);
  }

  @Test
  void whoIsBehindIsAskedNothing() {
    var customer = bank.withActiveCard("customer-1");
    var card = new TestCard(customer.value(), bank.token::tag);
    var old = bank.guards.copy();
    bank.fail(customer, "t-1");
    var guard = watched(RECORDS);
    guard.check();
    bank.guards.putBack(old);
    // started again, it does not know where it was
    var guardAgain =
        new WatchedGuard(
            bank.guards.open("guard-1"),
            bank.store,
            new Meters(registry),
            RECORDS,
            System::nanoTime);
    assertNotUp(guardAgain, "the journal is older than what the server remembers");
    var journal = bank.guards.contents();

    for (var question : List.of(card.right(9), card.wrong(9))) {
      assertAskedNothing(() -> guardAgain.judge(question));
      assertAskedNothing(() -> guardAgain.recall(card.recall(question)));
    }
    assertAskedNothing(
        () -> guardAgain.seal(new SealFields(1, "", "0123456789abcdef", 12, TestCard.DIGEST)));

    assertThat(bank.guards.contents()).isEqualTo(journal);
  }

  private static void assertAskedNothing(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard is lost, or does not stand well");
  }

  private List<ChainHead> remembered() {
    return bank.store.read(tx -> tx.guardHeads().all());
  }

  private static Recall recall() {
    return new Recall(
        new ChallengeId("a-challenge-of-nobody1"),
        new Subject("customer-2"),
        new Generation(1),
        Head.NONE);
  }

  @Test
  void theHighestPlaceIsRememberedWhoeverSaysALowerOne() {
    var high = new ChainHead("guard-1", 7, "h".repeat(43));
    var other = new ChainHead("guard-2", 2, "o".repeat(43));
    bank.store.change(tx -> tx.guardHeads().remember(List.of(high, other)));

    var changed =
        bank.store.change(
            tx ->
                tx.guardHeads()
                    .remember(
                        List.of(
                            new ChainHead("guard-1", 6, "l".repeat(43)),
                            new ChainHead("guard-1", 7, "m".repeat(43)))));

    assertThat(changed).isFalse();
    assertThat(remembered()).containsExactly(high, other);
  }
}
