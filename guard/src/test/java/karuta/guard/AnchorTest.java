package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Reply.Judged;
import karuta.guard.journal.Caps;
import karuta.guard.officers.Act;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestOfficers;
import karuta.token.key.JournalHeads;
import karuta.token.key.Remembered;
import karuta.token.testing.FakeBench;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The token remembers how far the journal was.
class AnchorTest {
  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());
  private final TokenPair tokens = TokenPair.on(new FakeBench());
  private final JournalHeads token = new JournalHeads(tokens.verifier().token());
  private final TestCard card = new TestCard("customer-1");

  @AfterEach
  void close() {
    tokens.close();
    guards.close();
  }

  /// A guard that starts, judges so often, and ends.
  ///
  /// @param orderly whether it ends in order
  private void run(String name, int judgements, boolean orderly) {
    var journal = guards.journal(name);
    var anchor = new Anchor(token, journal, name);
    anchor.begin();
    var guard = guards.on(journal, name);
    for (var i = 0; i < judgements; i++) {
      guard.judge(card.wrong(1));
      guard.judge(card.right(1 + guards.rows()));
    }
    if (orderly) {
      anchor.close();
    }
    journal.close();
  }

  private void refused(String name) {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> run(name, 0, true))
        .withMessageContaining("older than what the token remembers")
        .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.INTEGRITY));
  }

  @Test
  void aGuardStartsAgainAfterAnyEnd() {
    run("a", 2, true);
    run("a", 2, false);
    run("a", 0, true);
    run("a", 1, true);
    assertThat(guards.rows()).isEqualTo(10);
  }

  @Test
  void onAJournalThatWasPutBackItDoesNotStart() {
    run("a", 1, true);
    var old = guards.copy();
    run("a", 1, true);
    guards.putBack(old);

    refused("a");
  }

  @Test
  void onAJournalThatWasPutBackAndHasGoneOnSinceItDoesNotStart() {
    run("a", 1, true);
    var old = guards.copy();
    run("a", 1, true);
    guards.putBack(old);
    // somebody judges without the token's remembering
    guards.open("a").judge(card.wrong(40));
    guards.open("a").judge(card.wrong(41));

    refused("a");
  }

  @Test
  void onAnEmptyJournalItDoesNotStart() {
    var empty = guards.copy();
    run("a", 1, true);
    guards.putBack(empty);

    refused("a");
    run("b", 1, true);
  }

  @Test
  void whatOfficersAcceptedLetsItStartButNoOlderJournalOnceItWentOn() {
    run("a", 1, true);
    var old = guards.copy();
    run("a", 1, true);
    guards.putBack(old);
    refused("a");

    accept(token.read("a").orElseThrow());
    var accepted = guards.copy();
    run("a", 1, true);
    guards.putBack(accepted);

    refused("a");
  }

  private void accept(Remembered remembered) {
    var officers = new TestOfficers(guards.time);
    var head = new ChainHead("a", remembered.sequence(), remembered.hash());
    var acts = guards.acts("a");
    var request =
        acts.request(
            List.of(new Act.AcceptHead(head)), guards.time.instant().plusSeconds(60), "a test");
    acts.apply(officers.officers, request, officers.approve(request, 1, 2), Optional.empty());
  }

  @Test
  void theJournalGoesNoFurtherThanTheTokenRemembers() {
    var journal = guards.journal("a");
    var guard = guards.on(journal, "a");
    journal.allowUpTo(1);
    guard.judge(card.wrong(1));
    var next = card.wrong(1);

    assertThatThrownBy(() -> guard.judge(next)).isInstanceOf(GuardUnavailable.class);
    assertThat(guards.rows()).isEqualTo(1);
    journal.allowUpTo(2);
    assertThat(guard.judge(next)).isInstanceOf(Judged.class);
  }

  @Test
  void nothingIsWrittenToTheTokenWhileTheJournalStandsStill() {
    run("a", 1, true);
    var remembered = token.read("a");

    run("a", 0, true);

    assertThat(token.read("a")).isEqualTo(remembered);
  }

  @Test
  void theLogIsToldOnceAMinuteWhereAMovingJournalIs() {
    var journal = guards.journal("a");
    var anchor = new Anchor(token, journal, "a");
    var guard = guards.on(journal, "a");
    try (var log = new RecordedLog(Anchor.class)) {
      looks(anchor, 1);
      guard.judge(card.wrong(1));
      looks(anchor, Anchor.TELL - 2);
      assertThat(log.lines("journal head")).isEmpty();
      looks(anchor, 1);
      var first = journal.head().orElseThrow();
      assertThat(log.lines("journal head")).containsExactly("journal head: a:1:" + first.hash());

      looks(anchor, Anchor.TELL);
      assertThat(log.lines("journal head")).hasSize(1);
      guard.judge(card.wrong(1));
      looks(anchor, Anchor.TELL);
      assertThat(log.lines("journal head")).hasSize(2);
    } finally {
      anchor.close();
    }
  }

  private static void looks(Anchor anchor, int times) {
    for (var i = 0; i < times; i++) {
      anchor.look();
    }
  }
}
