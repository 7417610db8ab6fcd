package karuta.guard.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Reply.Reason;

/// What may be recorded, decided inside the transaction that records it. The order must not be changed:
///
/// 1. Hold the card's row.
/// 2. The journal has to know what the call shows, or it is older than the store; and to have what follows it, or the
///    store is so old that it cannot be told.
/// 3. A challenge that has a row keeps it, whatever the entry says.
/// 4. No draw passes twice, and no cap is passed: looked at for right and wrong alike, so that nothing is learned from
///   a refusal.
/// 5. Write the row, the card, the failure.
///
/// Nothing is told before the commit, and an entry that is refused is forgotten with its verdict.
public final class Deciding {
  private static final int UNSEEN = 50;

  private final Caps caps;
  private final InstantSource time;
  private final int unseen;

  Deciding(Caps caps, InstantSource time) {
    this(caps, time, UNSEEN);
  }

  /// @param unseen how many judgements a decision brings at most besides its own
  Deciding(Caps caps, InstantSource time, int unseen) {
    this.caps = caps;
    this.time = time;
    this.unseen = unseen;
  }

  /// Decides and records one entry behind the head of a chain.
  ///
  /// @return what became of it, and the chain after it
  Recorded record(Sql sql, Chain chain, Entry entry) {
    var card = CardRow.hold(sql, entry.subject(), entry.generation());
    var before = decided(sql, card, entry);
    if (before.isPresent()) {
      return new Recorded(before.get(), chain);
    }
    var news = new ArrayList<>(unseen(sql, card, entry.shown()));
    var row = row(chain, card, entry);
    if (endsAt(card.head(), entry.shown(), news)) {
      news.add(row.judgement());
    }
    JudgementTable.add(sql, row);
    card.judged(row).write(sql, card.head());
    if (row.judgement().verdict() == Judgement.Verdict.WRONG) {
      BankWide.failed(sql, row.judgement().at(), caps);
    }
    return new Recorded(new Decision.Stands(row, news), chain.with(row));
  }

  /// A decision, and the chain after it.
  record Recorded(Decision decision, Chain chain) {}

  /// What is decided of an entry whatever its verdict; empty if its verdict is wanted.
  Optional<Decision> decided(Sql sql, CardRow card, Entry entry) {
    if (!knows(sql, card, entry.shown())) {
      return Optional.of(new Decision.Refused(Reason.BEHIND, List.of(), List.of()));
    }
    if (!entry.shown().equals(card.head()) && Folded.after(sql, card, entry.shown())) {
      return Optional.of(new Decision.Refused(Reason.FOLDED, List.of(), List.of()));
    }
    var stands = JudgementTable.of(sql, entry.challenge());
    if (stands.isPresent()) {
      requireSameCard(stands.get(), entry);
      return Optional.of(new Decision.Stands(stands.get(), unseen(sql, card, entry.shown())));
    }
    return entry.answers() ? refused(sql, card, entry) : Optional.empty();
  }

  private Optional<Decision> refused(Sql sql, CardRow card, Entry entry) {
    var spent = card.spentOf(entry.draws());
    Optional<Reason> reason = Optional.empty();
    if (!spent.isEmpty()) {
      reason = Optional.of(Reason.SPENT);
    } else if (card.failures() >= caps.sincePass() || card.failuresInLife() >= caps.inLife()) {
      reason = Optional.of(Reason.CARD_CAPPED);
    } else if (BankWide.trippedSince(sql).filter(failedSince(card)).isPresent()) {
      reason = Optional.of(Reason.BANK_CAPPED);
    }
    return reason.map(one -> new Decision.Refused(one, spent, unseen(sql, card, entry.shown())));
  }

  private static Predicate<Instant> failedSince(CardRow card) {
    return since -> card.failuresInLife() > 0 && !card.failedAt().isBefore(since);
  }

  /// Whether the journal has this place in the card's chain, or has folded what follows it.
  public static boolean knows(Sql sql, CardRow card, Head shown) {
    if (shown.number() == 0 || shown.equals(card.head())) {
      return true;
    }
    return shown.number() < card.head().number()
        && (JudgementTable.has(sql, card.subject(), card.generation(), shown)
            || Folded.after(sql, card, shown));
  }

  private List<Judgement> unseen(Sql sql, CardRow card, Head shown) {
    if (shown.number() == card.head().number()) {
      return List.of();
    }
    return JudgementTable.after(sql, card.subject(), card.generation(), shown.number(), unseen)
        .stream()
        .map(Row::judgement)
        .toList();
  }

  /// Whether the list, which holds only so much, goes on to the card's last judgement: whoever settles it must find no
  /// gap.
  private static boolean endsAt(Head last, Head shown, List<Judgement> list) {
    return (list.isEmpty() ? shown : list.getLast().head()).number() == last.number();
  }

  /// Challenges are named at random by servers; the same name for two cards is none that a server gave.
  private static void requireSameCard(Row row, Entry entry) {
    if (!row.subject().equals(entry.subject()) || !row.generation().equals(entry.generation())) {
      throw new IllegalArgumentException("the challenge is another card's");
    }
  }

  private Row row(Chain chain, CardRow card, Entry entry) {
    var now = time.instant();
    var at = now.isBefore(chain.at()) ? chain.at() : now;
    var number = card.head().number() + 1;
    var unsealed = row(chain, entry, new Head(number, NO_HASH), at);
    var hash = Row.hash(unsealed, chain.hash(), card.head().hash());
    return row(chain, entry, new Head(number, hash), at);
  }

  /// Stands where a hash will: it is not among what is hashed.
  private static final String NO_HASH = "-".repeat(43);

  private static Row row(Chain chain, Entry entry, Head head, Instant at) {
    return new Row(
        new Judgement(
            entry.challenge(), head, entry.verdict(), chain.guard(), chain.sequence() + 1, at),
        entry.subject(),
        entry.generation(),
        entry.draws(),
        entry.statement());
  }
}
