package karuta.guard.upkeep;

import java.util.ArrayDeque;
import java.util.Deque;
import karuta.database.Sql;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Row;
import karuta.guard.officers.ActTable;
import karuta.guard.officers.ActTable.CardAct;
import karuta.guard.officers.ActTable.Step;

/// A card made anew from its base, its rows and what officers did, in their order.
final class CardReplay {
  private final Deque<CardAct> acts;
  private CardRow card;
  private Step last;

  private CardReplay(Base base, Deque<CardAct> acts) {
    this.acts = acts;
    this.card = base.card();
    this.last = base.last();
    act();
  }

  static CardReplay from(Sql sql, Base base) {
    var card = base.card();
    return new CardReplay(
        base, new ArrayDeque<>(ActTable.of(sql, card.subject(), card.generation(), base.last())));
  }

  /// Where there is no act behind the base.
  static CardReplay withoutActs(Base base) {
    return new CardReplay(base, new ArrayDeque<>());
  }

  /// Whether this row is the card's next.
  boolean goesOnWith(Row row) {
    return row.judgement().head().number() == card.head().number() + 1;
  }

  void take(Row row) {
    card = card.judged(row);
    act();
  }

  /// The acts that were made over what the card is now.
  private void act() {
    while (!acts.isEmpty() && acts.getFirst().follows(card)) {
      var act = acts.removeFirst();
      card = act.applied(card);
      last = act.step();
    }
  }

  CardRow card() {
    return card;
  }

  /// The card as it is now, for rows behind it to begin at.
  Base base() {
    return new Base(card, last);
  }

  /// Whether every act found what it was made over.
  boolean acted() {
    return acts.isEmpty();
  }
}
