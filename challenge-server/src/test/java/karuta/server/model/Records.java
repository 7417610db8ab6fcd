package karuta.server.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.database.Database;
import karuta.database.Sql;

/// All that the store and the journal hold, read without the program's help. A card is named by its subject and
/// generation, as `amy/1`.
///
/// @param challenges in the order in which they were put
/// @param judgements in the order in which they were recorded, whichever guard's
/// @param events of the audit, in the order in which they were written
/// @param trips how often the caps of the bank as a whole were reached
public record Records(
    List<Card> cards,
    List<Challenge> challenges,
    List<Verdict> verdicts,
    List<Event> events,
    List<Guarded> guarded,
    List<Judgement> judgements,
    int trips) {
  /// A card in the store; draw n is used if bit n is set.
  public record Card(
      String name,
      String state,
      int wrongInARow,
      int wrongInLife,
      int abandoned,
      BitSet used,
      List<Integer> live,
      String challenge,
      long judged,
      String hash) {}

  /// A challenge in the store.
  public record Challenge(
      String id, String card, List<Integer> draws, String state, boolean closed, String receipt) {
    /// Whether it can still be answered.
    public boolean isOpen() {
      return state.equals("OPEN");
    }
  }

  /// The verdict on a challenge in the store.
  public record Verdict(String challenge, String verdict) {}

  /// A row of the audit.
  public record Event(String card, String event) {}

  /// A card in the journal; draw n is spent if bit n is set.
  public record Guarded(
      String card, long number, String hash, int failures, int failuresInLife, BitSet spent) {}

  /// A judgement in the journal.
  public record Judgement(
      String challenge,
      String guard,
      long sequence,
      String card,
      long number,
      List<Integer> draws,
      String verdict,
      long at,
      String hash) {
    /// Whether this was judged.
    public boolean is(String other) {
      return verdict.equals(other);
    }
  }

  /// How rows are put in order that have no number in common.
  public enum Order {
    /// As they were written: SQLite numbers them.
    AS_WRITTEN("rowid", "rowid", "rowid"),
    /// By the time they have, which serves where each comes so much later than the one before that they differ.
    BY_TIME("created_at", "id", "judged_at, sequence");

    private final String challenges;
    private final String events;
    private final String judgements;

    Order(String challenges, String events, String judgements) {
      this.challenges = challenges;
      this.events = events;
      this.judgements = judgements;
    }
  }

  /// Reads both, with nothing under way.
  public static Records read(Database store, Database journal, Order order) {
    return store.reading(
        bank ->
            journal.reading(
                guards ->
                    new Records(
                        cards(bank),
                        challenges(bank, order),
                        verdicts(bank),
                        events(bank, order),
                        guarded(guards),
                        judgements(guards, order),
                        guards
                            .row(row -> row.getInt("n"), "SELECT count(*) AS n FROM trips")
                            .orElseThrow())));
  }

  /// A card's judgements, oldest first.
  public List<Judgement> judgementsOf(String card) {
    return judgements.stream().filter(judgement -> judgement.card().equals(card)).toList();
  }

  /// Whether the last that is settled of a card is in the journal.
  public boolean journalKnows(Card card) {
    return card.judged() == 0
        || judgementsOf(card.name()).stream()
            .anyMatch(one -> one.number() == card.judged() && one.hash().equals(card.hash()));
  }

  public Optional<Card> card(String name) {
    return cards.stream().filter(card -> card.name().equals(name)).findFirst();
  }

  public Optional<Challenge> challenge(String id) {
    return challenges.stream().filter(challenge -> challenge.id().equals(id)).findFirst();
  }

  /// The verdict on a challenge in the store.
  public Optional<String> verdict(String challenge) {
    return verdicts.stream()
        .filter(verdict -> verdict.challenge().equals(challenge))
        .map(Verdict::verdict)
        .findFirst();
  }

  /// A card as guards remember it.
  public Optional<Guarded> guarded(String card) {
    return guarded.stream().filter(one -> one.card().equals(card)).findFirst();
  }

  /// What was judged of a challenge.
  public Optional<Judgement> judgementOf(String challenge) {
    return judgements.stream().filter(one -> one.challenge().equals(challenge)).findFirst();
  }

  private static List<Card> cards(Sql sql) {
    return sql.rows(
        row ->
            new Card(
                card(row),
                row.getString("state"),
                row.getInt("wrong_answers"),
                row.getInt("wrong_in_life"),
                row.getInt("abandoned"),
                used(row.getBytes("used_draws")),
                draws(row),
                row.getString("challenge_id"),
                row.getLong("judged"),
                row.getString("judged_hash")),
        "SELECT * FROM card_states");
  }

  private static BitSet used(byte[] bytes) {
    var used = new BitSet();
    BitSet.valueOf(bytes).stream().forEach(bit -> used.set(bit + 1));
    return used;
  }

  private static List<Challenge> challenges(Sql sql, Order order) {
    return sql.rows(
        row ->
            new Challenge(
                row.getString("challenge_id"),
                card(row),
                draws(row),
                row.getString("state"),
                row.getInt("closed") == 1,
                row.getString("receipt")),
        "SELECT * FROM challenges ORDER BY " + order.challenges);
  }

  private static List<Verdict> verdicts(Sql sql) {
    return sql.rows(
        row -> new Verdict(row.getString("challenge_id"), row.getString("verdict")),
        "SELECT challenge_id, verdict FROM verdicts");
  }

  private static List<Event> events(Sql sql, Order order) {
    return sql.rows(
        row -> new Event(card(row), row.getString("event")),
        "SELECT subject, generation, event FROM audit ORDER BY " + order.events);
  }

  private static List<Guarded> guarded(Sql sql) {
    return sql.rows(
        row ->
            new Guarded(
                card(row),
                row.getLong("number"),
                row.getString("hash"),
                row.getInt("failures"),
                row.getInt("failures_in_life"),
                BitSet.valueOf(row.getBytes("spent_draws"))),
        "SELECT * FROM cards");
  }

  private static List<Judgement> judgements(Sql sql, Order order) {
    return sql.rows(
        row ->
            new Judgement(
                row.getString("challenge"),
                row.getString("guard"),
                row.getLong("sequence"),
                card(row),
                row.getLong("number"),
                draws(row),
                row.getString("verdict"),
                row.getLong("judged_at"),
                row.getString("hash")),
        "SELECT * FROM judgements ORDER BY " + order.judgements);
  }

  private static String card(ResultSet row) throws SQLException {
    return row.getString("subject") + "/" + row.getInt("generation");
  }

  private static List<Integer> draws(ResultSet row) throws SQLException {
    return Stream.of(row.getInt("first_draw"), row.getInt("second_draw"))
        .filter(draw -> draw > 0)
        .toList();
  }
}
