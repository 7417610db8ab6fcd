package karuta.guard.journal;

import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;

/// What the journal no longer has row by row: judgements so old that only what they came to is left. Whoever remembers
/// a place among them is no sign that the journal is old, and cannot be told what came after it.
public final class Folded {
  private Folded() {}

  /// Whether judgements that follow this place in a card's chain are folded.
  public static boolean after(Sql sql, CardRow card, Head place) {
    return !sql.rows(
            row -> row.getLong("number"),
            "SELECT number FROM folded_cards WHERE subject = ? AND generation = ? AND number > ?",
            card.subject().value(),
            card.generation().value(),
            place.number())
        .isEmpty();
  }

  /// The same of a guard's chain.
  public static boolean after(Sql sql, ChainHead place) {
    return !sql.rows(
            row -> row.getLong("sequence"),
            "SELECT sequence FROM folded_chains WHERE guard = ? AND sequence > ?",
            place.guard(),
            place.sequence())
        .isEmpty();
  }
}
