package karuta.server.model;

import static karuta.server.model.Violation.unless;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import karuta.server.challenge.Policy;
import karuta.server.model.Records.Card;
import karuta.server.model.Records.Challenge;
import karuta.server.model.Records.Judgement;

/// Holds a store against itself and against a journal: of each card it has settled the judgements up to a place, all of
/// them, each once, and nothing else.
public final class StoreCheck {
  private final Policy policy;
  private final Records now;

  public StoreCheck(Policy policy, Records now) {
    this.policy = policy;
    this.now = now;
  }

  /// What holds whatever became of the journal.
  public void alone() {
    now.cards().forEach(this::inLimits);
    now.cards().forEach(this::counted);
    now.cards().forEach(this::asksTheSame);
    now.challenges().forEach(this::openOnItsCard);
  }

  /// What holds while neither has lost anything.
  public void againstTheJournal() {
    now.cards().forEach(this::settled);
    now.challenges().forEach(this::settled);
  }

  private void inLimits(Card card) {
    if (card.state().equals("ACTIVE") || card.state().equals("MAILED")) {
      unless(
          card.wrongInARow() < policy.wrongLimit()
              && card.wrongInLife() < policy.lifeLimit()
              && card.abandoned() < policy.abandonedLimit(),
          "a card is %s beyond a limit: %s",
          card.state(),
          card);
    }
  }

  /// The counters say what the audit says.
  private void counted(Card card) {
    var inARow = 0;
    var inLife = 0;
    for (var event : now.events()) {
      if (event.card().equals(card.name())) {
        switch (event.event()) {
          case "answer-wrong" -> {
            inARow++;
            inLife++;
          }
          case "answer-right", "card-unlocked" -> inARow = 0;
          default -> {}
        }
      }
    }
    unless(
        inARow == card.wrongInARow() && inLife == card.wrongInLife(),
        "the audit has %d wrong answers in a row and %d in life: %s",
        inARow,
        inLife,
        card);
  }

  /// The same card gets the same question until it is answered right, and never again.
  private void asksTheSame(Card card) {
    var asked = new ArrayList<Integer>();
    var last = 0;
    for (var challenge : now.challenges()) {
      int first = challenge.draws().getFirst();
      if (challenge.card().equals(card.name()) && first != last) {
        unless(
            last == 0 || card.used().get(last),
            "draw %d is asked before %d was answered: %s",
            first,
            last,
            card);
        unless(!asked.contains(first), "draw %d is asked again: %s", first, card);
        asked.add(first);
        last = first;
      }
    }
  }

  private void openOnItsCard(Challenge challenge) {
    var card = now.card(challenge.card()).orElseThrow();
    unless(
        challenge.isOpen() == card.challenge().equals(challenge.id()),
        "challenge and card disagree on what is open: %s, %s",
        challenge,
        card);
  }

  private void settled(Card card) {
    unless(now.journalKnows(card), "what is settled was not judged: %s", card);
    var settled =
        now.judgementsOf(card.name()).stream()
            .filter(judgement -> judgement.number() <= card.judged())
            .toList();
    unless(
        card.wrongInLife() == settled.stream().filter(one -> one.is("WRONG")).count(),
        "the store counts wrong answers that were not judged, or not all: %s, %s",
        card,
        settled);
    var passed = passed(settled);
    passed.andNot(card.used());
    unless(passed.isEmpty(), "draws have passed and are not used: %s, %s", passed, card);
    var used = (BitSet) card.used().clone();
    used.andNot(passed(now.judgementsOf(card.name())));
    unless(used.isEmpty(), "draws are used and have not passed: %s, %s", used, card);
  }

  private static BitSet passed(List<Judgement> judgements) {
    var draws = new BitSet();
    judgements.stream()
        .filter(judgement -> judgement.is("RIGHT"))
        .forEach(judgement -> judgement.draws().forEach(draws::set));
    return draws;
  }

  private void settled(Challenge challenge) {
    var card = now.card(challenge.card()).orElseThrow();
    var told = now.verdict(challenge.id());
    var settled =
        now.judgementOf(challenge.id())
            .filter(judgement -> judgement.number() <= card.judged())
            .map(Judgement::verdict);
    var fits =
        switch (challenge.state()) {
          case "OPEN" -> settled.isEmpty() && told.isEmpty();
          case "PASSED" -> is(settled, "RIGHT") && is(told, "RIGHT");
          case "FAILED" -> is(settled, "WRONG") && is(told, "WRONG");
          default ->
              settled.isPresent() == challenge.closed()
                  && is(settled, "WRONG") == told.isPresent()
                  && !is(told, "RIGHT");
        };
    unless(
        fits,
        "the store has %s with verdict %s, and the journal %s, which is settled up to %d",
        challenge,
        told,
        now.judgementOf(challenge.id()),
        card.judged());
  }

  /// What holds of a card once nothing is under way, and nothing left to be settled.
  public void atRest(Card card) {
    for (var challenge : now.challenges()) {
      unless(
          !challenge.card().equals(card.name()) || challenge.closed(),
          "a challenge is never closed: %s",
          challenge);
    }
    var guarded = now.guarded(card.name());
    unless(
        guarded.isPresent()
            ? guarded.get().number() == card.judged()
                && guarded.get().hash().equals(card.hash())
                && guarded.get().failuresInLife() == card.wrongInLife()
                && guarded.get().spent().equals(card.used())
            : card.judged() == 0,
        "guard and store do not know the same: %s, %s",
        guarded,
        card);
  }

  private static boolean is(Optional<String> verdict, String expected) {
    return verdict.equals(Optional.of(expected));
  }
}
