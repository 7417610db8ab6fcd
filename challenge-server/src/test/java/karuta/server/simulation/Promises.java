package karuta.server.simulation;

import static karuta.server.model.Violation.unless;

import java.util.HashSet;
import java.util.Set;
import karuta.server.model.JournalCheck;
import karuta.server.model.Records;
import karuta.server.model.Records.Card;
import karuta.server.model.Records.Challenge;
import karuta.server.model.Records.Judgement;
import karuta.server.model.StoreCheck;
import karuta.server.model.Told;
import karuta.server.model.ToldCheck;

/// What has to hold at any moment, and once all is at rest; and what of it still holds when an old copy was put back.
final class Promises {
  private final Simulation simulation;
  private final Told told;
  private Records before;

  /// What was judged before an old copy of the journal was put back, and may still be settled behind it.
  private final Set<String> judgedBefore = new HashSet<>();

  /// Cards of which the store has settled what an old copy of the journal lacks.
  private final Set<String> behind = new HashSet<>();

  private boolean storePutBack;
  private boolean journalPutBack;

  Promises(Simulation simulation, Told told) {
    this.simulation = simulation;
    this.told = told;
    this.before = simulation.site().records();
  }

  boolean storePutBack() {
    return storePutBack;
  }

  /// An old copy of the store is in its place.
  void hasOldStore() {
    storePutBack = true;
    before = simulation.site().records();
  }

  /// An old copy of the journal takes its place.
  ///
  /// @param putBack has it take it
  void hasOldJournal(Runnable putBack) {
    journalPutBack = true;
    simulation.site().records().judgements().stream()
        .map(Judgement::hash)
        .forEach(judgedBefore::add);
    putBack.run();
    behind.clear();
    before = simulation.site().records();
  }

  /// Looks at all that has to hold at any moment.
  void check() {
    var now = simulation.site().records();
    new JournalCheck(simulation.rules().caps(), simulation.site().judgedAtFirst, told).check(now);
    var store = new StoreCheck(simulation.rules().policy(), now);
    store.alone();
    if (journalPutBack) {
      now.cards().forEach(card -> notForgotten(now, card));
    } else {
      store.againstTheJournal();
    }
    var heard = new ToldCheck(told, now);
    if (!storePutBack) {
      heard.isInTheStore();
    }
    if (!journalPutBack) {
      heard.isInTheJournal();
    }
    if (!storePutBack) {
      before.challenges().forEach(challenge -> unchanged(now, challenge));
    }
    before = now;
  }

  /// Nothing is settled on a journal that lacks what was settled before.
  private void notForgotten(Records now, Card card) {
    if (now.journalKnows(card)) {
      unless(
          !behind.contains(card.name()),
          "%s was judged and settled on a journal that lacks what was settled before",
          card.name());
    } else {
      unless(judgedBefore.contains(card.hash()), "what is settled was not judged: %s", card);
      behind.add(card.name());
    }
  }

  private static void unchanged(Records now, Challenge old) {
    var challenge = now.challenge(old.id());
    unless(
        challenge
            .filter(one -> old.isOpen() || old.state().equals(one.state()))
            .filter(one -> !old.closed() || one.closed())
            .isPresent(),
        "%s has become %s",
        old,
        challenge);
  }

  /// Looks at all that has to hold once nothing is under way, and nothing left to be settled.
  void checkAtRest() {
    check();
    before.cards().stream()
        .filter(card -> !isStuck(before, card))
        .forEach(new StoreCheck(simulation.rules().policy(), before)::atRest);
  }

  /// Whether nothing goes on with a card until somebody looks: one of its store and its journal lacks what the other
  /// has.
  boolean isStuck(Records now, Card card) {
    if (journalPutBack && !now.journalKnows(card)) {
      return true;
    }
    return storePutBack
        && now.judgementsOf(card.name()).stream()
            .filter(judgement -> judgement.number() > card.judged())
            .anyMatch(judgement -> now.challenge(judgement.challenge()).isEmpty());
  }

  /// Whether a right answer to a card's question may be refused now: it is stuck, or at a cap.
  boolean mayBeRefused(Records now, Card card) {
    var caps = simulation.rules().caps();
    return isStuck(now, card)
        || storePutBack
        || now.guarded(card.name())
            .filter(
                guarded ->
                    guarded.failures() >= caps.sincePass()
                        || guarded.failuresInLife() >= caps.inLife()
                        || (now.trips() > 0 && guarded.failuresInLife() > 0))
            .isPresent();
  }
}
