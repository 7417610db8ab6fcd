package karuta.server.store;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.guard.judged.JudgedCard;

/// What the store has settled of the guard's judgements, card by card.
public final class JudgedTable {
  private final Sql sql;

  JudgedTable(Sql sql) {
    this.sql = sql;
  }

  /// Cards of which the guard has judged something, in the order of their key, behind the one named.
  public List<JudgedCard> after(Optional<JudgedCard> last, int limit) {
    return sql.rows(
        row ->
            new JudgedCard(
                new Subject(row.getString("subject")),
                new Generation(row.getInt("generation")),
                new Head(row.getLong("judged"), row.getString("judged_hash")),
                row.getInt("wrong_answers"),
                row.getInt("wrong_in_life"),
                numbers(BitSet.valueOf(row.getBytes("used_draws")))),
        """
        SELECT subject, generation, judged, judged_hash, wrong_answers, wrong_in_life, used_draws
          FROM card_states
         WHERE judged > 0 AND (subject, generation) > (?, ?)
         ORDER BY subject, generation
         LIMIT ?
        """,
        last.map(card -> card.subject().value()).orElse(""),
        last.map(card -> card.generation().value()).orElse(0),
        limit);
  }

  /// The store has draw n at bit n-1.
  private static BitSet numbers(BitSet used) {
    var numbers = new BitSet();
    used.stream().forEach(bit -> numbers.set(bit + 1));
    return numbers;
  }
}
