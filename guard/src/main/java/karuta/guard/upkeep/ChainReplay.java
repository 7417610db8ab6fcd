package karuta.guard.upkeep;

import java.util.ArrayDeque;
import java.util.Deque;
import karuta.database.Sql;
import karuta.guard.journal.Chain;
import karuta.guard.journal.Row;
import karuta.guard.officers.ActTable;
import karuta.guard.officers.ActTable.ChainAct;

/// A guard's chain walked from where its rows begin, by its rows and what officers did, in their order.
final class ChainReplay {
  private final Deque<ChainAct> acts;
  private Chain chain;

  private ChainReplay(Chain chain, Deque<ChainAct> acts) {
    this.acts = acts;
    this.chain = chain;
    move();
  }

  static ChainReplay from(Sql sql, Chain begin) {
    return new ChainReplay(
        begin, new ArrayDeque<>(ActTable.of(sql, begin.guard(), begin.sequence())));
  }

  /// Whether this row is the chain's next.
  boolean goesOnWith(Row row) {
    return row.judgement().sequence() == chain.sequence() + 1;
  }

  /// Whether the row has the hash that it must have here.
  ///
  /// @param card the hash of the place before it in its card's chain
  boolean links(Row row, String card) {
    return Row.hash(row, chain.hash(), card).equals(row.judgement().head().hash());
  }

  void take(Row row) {
    chain = chain.with(row);
    move();
  }

  /// From where an act has it go on.
  private void move() {
    while (!acts.isEmpty() && acts.getFirst().before() == chain.sequence()) {
      var act = acts.removeFirst();
      chain = new Chain(chain.guard(), act.sequence(), act.hash(), chain.at());
    }
  }

  Chain chain() {
    return chain;
  }
}
