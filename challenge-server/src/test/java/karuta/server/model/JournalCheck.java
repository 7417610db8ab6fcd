package karuta.server.model;

import static karuta.server.model.Violation.unless;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.guard.journal.Caps;
import karuta.server.model.Records.Judgement;

/// Reads a journal from its beginning and says what had to come of it: every card's failures and draws, and which
/// judgements no cap allowed.
public final class JournalCheck {
  private final Caps caps;
  private final int atFirst;
  private final Told told;
  private final Map<String, Counted> cards = new HashMap<>();
  private final Map<String, Judgement> challenges = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final List<Long> failures = new ArrayList<>();
  private long trippedSince = Long.MAX_VALUE;

  /// @param caps of the guards
  /// @param atFirst how many judgements were there before those that callers know of
  public JournalCheck(Caps caps, int atFirst, Told told) {
    this.caps = caps;
    this.atFirst = atFirst;
    this.told = told;
  }

  private static final class Counted {
    private long number;
    private String hash = "";
    private int failures;
    private int inLife;
    private long failedAt;
    private final BitSet draws = new BitSet();
  }

  public void check(Records now) {
    read(now.judgements());
    unless(
        now.trips() == (trippedSince == Long.MAX_VALUE ? 0 : 1),
        "the guards' caps have tripped %d times",
        now.trips());
    for (var guarded : now.guarded()) {
      var card = cards.getOrDefault(guarded.card(), new Counted());
      unless(
          guarded.number() == card.number
              && guarded.hash().equals(card.hash)
              && guarded.failures() == card.failures
              && guarded.failuresInLife() == card.inLife
              && guarded.spent().equals(card.draws),
          "the guards count %s, and have judged %s",
          guarded,
          now.judgementsOf(guarded.card()));
    }
  }

  private void read(List<Judgement> judgements) {
    for (var i = 0; i < judgements.size(); i++) {
      read(judgements.get(i), i >= atFirst);
    }
  }

  private void read(Judgement judgement, boolean ours) {
    var card = cards.computeIfAbsent(judgement.card(), _ -> new Counted());
    unless(
        challenges.put(judgement.challenge(), judgement) == null,
        "a challenge was judged twice: %s",
        judgement);
    unless(
        sequences.merge(judgement.guard(), 1L, Long::sum) == judgement.sequence()
            && judgement.number() == card.number + 1,
        "a judgement is not behind the one before it: %s",
        judgement);
    if (ours && !judgement.is("UNANSWERED")) {
      answered(judgement);
      allowed(judgement, card);
    }
    card.number = judgement.number();
    card.hash = judgement.hash();
    switch (judgement.verdict()) {
      case "RIGHT" -> passed(judgement, card);
      case "WRONG" -> failed(judgement, card);
      default -> {}
    }
  }

  private void answered(Judgement judgement) {
    var question = told.question(judgement.challenge());
    // a question whose first reply was lost, and which was asked for again, has been answered as
    // any other
    unless(
        question.isPresent()
            && (judgement.is("RIGHT")
                ? question.get().answeredRight
                : question.get().answeredWrong),
        "nobody gave the answer that was judged: %s",
        judgement);
  }

  private void allowed(Judgement judgement, Counted card) {
    unless(
        card.failures < caps.sincePass() && card.inLife < caps.inLife(),
        "beyond the caps of a card: %s",
        judgement);
    unless(
        card.inLife == 0 || card.failedAt < trippedSince,
        "beyond the caps of the bank: %s",
        judgement);
  }

  private static void passed(Judgement judgement, Counted card) {
    for (var draw : judgement.draws()) {
      unless(!card.draws.get(draw), "draw %d passed twice: %s", draw, judgement);
      card.draws.set(draw);
    }
    card.failures = 0;
  }

  private void failed(Judgement judgement, Counted card) {
    card.failures++;
    card.inLife++;
    card.failedAt = judgement.at();
    failures.add(judgement.at());
    if (trippedSince == Long.MAX_VALUE) {
      trippedSince = tripped(judgement.at());
    }
  }

  /// From when on failures count once one more has come; failures are counted by whole minutes.
  private long tripped(long at) {
    var windows =
        List.of(
            Map.entry(Duration.ofMinutes(1), caps.minute()),
            Map.entry(Duration.ofHours(1), caps.hour()),
            Map.entry(Duration.ofDays(1), caps.day()));
    for (var window : windows) {
      var first = at / 60_000 - window.getKey().toMinutes();
      if (failures.size() >= window.getValue()
          && failures.stream().filter(failed -> failed / 60_000 >= first).count()
              >= window.getValue()) {
        return at - window.getKey().toMillis();
      }
    }
    return Long.MAX_VALUE;
  }
}
