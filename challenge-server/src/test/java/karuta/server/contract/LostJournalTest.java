package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import karuta.card.Subject;
import karuta.database.testing.TableCopy;
import karuta.database.testing.TestDatabase;
import karuta.document.NewFile;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.journal.Journal;
import karuta.guard.judged.JudgedFile;
import karuta.guard.officers.Act;
import karuta.guard.testing.TestOfficers;
import karuta.server.card.CardRecord;
import karuta.server.challenge.Outcome.Expired;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.guard.JudgedExport;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A journal that was lost or put back, and the whole way out of it: the server refuses, its store is written down,
/// officers approve, and answers pass again, while nothing that was spent or counted comes back.
@ParameterizedClass
@EnumSource
class LostJournalTest {
  @TempDir private Path directory;
  private final Bank bank;
  private final TableCopy empty;
  private final Subject one;
  private final Subject two;

  LostJournalTest(TestDatabase database) {
    bank =
        Bank.open(database.fresh(Store.TABLES), database.fresh(Journal.TABLES), Policy.standard());
    empty = bank.guards.copy();
    one = bank.withActiveCard("customer-1");
    two = bank.withActiveCard("customer-2");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  /// Has the store remember the heads, as a server does that looks at its guard.
  private void look() {
    bank.store.change(tx -> tx.guardHeads().remember(bank.guard.look(List.of()).heads()));
  }

  /// Another server, whose guard was started after the mishap.
  private Bank startedAgain() {
    return bank.another(bank.settings, Policy.standard());
  }

  private void refused(Bank server, Subject customer) {
    var challenge = server.transfer(customer, "refused");
    var rows = bank.guards.rows();
    for (var answer :
        List.of(
            server.printed(customer).answer(challenge),
            server.printed(customer).wrongAnswer(challenge))) {
      assertThatThrownBy(() -> server.answer(challenge, answer))
          .isInstanceOf(GuardUnavailable.class);
    }
    assertThat(server.seen).contains(Event.JOURNAL_BEHIND);
    assertThat(bank.guards.rows()).isEqualTo(rows);
  }

  private String rebuild(boolean asCounted) throws IOException {
    var file = directory.resolve("judged-cards");
    var summary = new AtomicReference<JudgedFile.Summary>();
    NewFile.write(file, out -> summary.set(JudgedExport.write(bank.store, out)));
    var officers = new TestOfficers(bank.time);
    var acts = bank.guards.acts("guard-2");
    var request =
        acts.request(
            List.of(new Act.Rebuild(summary.get().cards(), summary.get().digest(), asCounted)),
            bank.time.instant().plus(Duration.ofHours(1)),
            "the disk died");
    return acts.apply(
        officers.officers, request, officers.approve(request, 2, 3), Optional.of(file));
  }

  private List<Integer> used(Subject customer) {
    return bank.cards().record(customer, bank.newest(customer).generation()).draws().stream()
        .filter(CardRecord.Draw::used)
        .map(draw -> draw.record().number())
        .toList();
  }

  @Test
  void aJournalThatIsLostIsRebuiltFromTheStore() throws Exception {
    bank.pass(one, "t-1");
    bank.fail(one, "t-2");
    look();
    var known = bank.store.read(tx -> tx.guardHeads().all());
    bank.guards.putBack(empty);
    var draws = used(one);
    try (var server = startedAgain()) {
      assertThat(server.guard.look(known).behind()).isTrue();
      refused(server, one);

      assertThat(rebuild(false)).startsWith("cards changed: 2, failures charged: 4,");

      assertThat(server.guard.look(known).behind()).isFalse();
      assertThat(bank.guards.failures(one)).as("three judgements of it").isEqualTo(3);
      assertThat(bank.guards.failures(two)).isEqualTo(1);
      assertThat(server.pass(one, "t-3")).isInstanceOf(Passed.class);
      assertThat(server.pass(two, "t-3")).isInstanceOf(Passed.class);
      assertThat(used(one)).hasSize(draws.size() + 1).containsAll(draws);
      assertThat(bank.guards.broken()).isEmpty();
    }
  }

  @Test
  void noUsedDrawPassesAgainThoughTheStoreForgetsItAfterwards() throws Exception {
    bank.pass(one, "t-1");
    look();
    bank.guards.putBack(empty);
    var draw = used(one).getLast();
    try (var server = startedAgain()) {
      rebuild(true);
      bank.tamper(
          "UPDATE card_states SET used_draws = ?, first_draw = ?, second_draw = 0, challenge_id = '' WHERE subject = ?",
          new byte[0],
          draw,
          one.value());

      var challenge = server.transfer(one, "t-2");
      assertThat(server.answer(challenge, server.printed(one).answer(challenge)))
          .isInstanceOf(Expired.class);

      assertThat(server.seen).contains(Event.DRAW_SPENT);
      assertThat(bank.guards.failures(one)).as("as the server counted").isZero();
    }
  }

  @Test
  void anOldJournalGoesOnFromWhereTheStoreStands() throws Exception {
    bank.pass(one, "t-1");
    var old = bank.guards.copy();
    bank.fail(one, "t-2");
    bank.fail(one, "t-3");
    look();
    bank.guards.putBack(old);
    try (var server = startedAgain()) {
      refused(server, one);

      assertThat(rebuild(false)).startsWith("cards changed: 1, failures charged: 2,");

      assertThat(bank.guards.failures(one)).isEqualTo(2);
      assertThat(server.pass(one, "t-4")).isInstanceOf(Passed.class);
      assertThat(bank.card(one, 1).wrongAnswers()).isZero();
      assertThat(server.pass(two, "t-4")).isInstanceOf(Passed.class);
      assertThat(bank.guards.broken()).isEmpty();
    }
  }
}
