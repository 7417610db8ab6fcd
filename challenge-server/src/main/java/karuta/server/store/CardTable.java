package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.server.card.BookProgress;
import karuta.server.card.CardState;
import karuta.server.card.FoundCard;
import karuta.server.card.Order;

/// The hot rows: state, counters, live draws, open challenge.
///
/// Whoever locks two cards of a subject locks the newer one first, and the subject's own row after the cards.
public final class CardTable {
  private static final String COLUMNS =
      """
      subject, generation, profile, ordered_at, state, state_before, wrong_answers, wrong_in_life, abandoned,
      used_draws, first_draw, second_draw, challenge_id, challenge_expires, judged, judged_hash
      """;

  private static final Sql.Held HELD = new Sql.Held("card_states", "state", COLUMNS);

  private final Sql sql;

  CardTable(Sql sql) {
    this.sql = sql;
  }

  /// Adds an ordered card.
  public void order(Subject subject, Generation generation, Profile profile, Instant at) {
    sql.changeOne(
        """
        INSERT INTO card_states
          (subject, generation, profile, ordered_at, state, state_before, wrong_answers, abandoned,
           used_draws, first_draw, second_draw, challenge_id, challenge_expires)
        VALUES (?, ?, ?, ?, 'ORDERED', '', 0, 0, ?, 0, 0, '', 0)
        """,
        subject.value(),
        generation.value(),
        profile.label(),
        at.toEpochMilli(),
        new byte[0]);
  }

  /// All cards of a subject, newest first.
  public List<CardRow> of(Subject subject) {
    return sql.rows(
        CardTable::read,
        "SELECT " + COLUMNS + "FROM card_states WHERE subject = ? ORDER BY generation DESC",
        subject.value());
  }

  /// One card.
  public Optional<CardRow> find(Subject subject, Generation generation) {
    return sql.row(
        CardTable::read,
        "SELECT " + COLUMNS + "FROM card_states WHERE subject = ? AND generation = ?",
        subject.value(),
        generation.value());
  }

  /// Every card with this printed number, which may be more than one.
  public List<FoundCard> bySerial(Serial serial) {
    return sql.rows(
        row ->
            new FoundCard(
                new Subject(row.getString("subject")),
                new Generation(row.getInt("generation")),
                CardState.valueOf(row.getString("state"))),
        """
        SELECT c.subject, c.generation, c.state
          FROM books b
          JOIN card_states c ON c.subject = b.subject AND c.generation = b.generation
         WHERE b.serial = ?
         ORDER BY c.subject, c.generation
        """,
        serial.digits());
  }

  /// One card, held until the transaction ends.
  public Optional<CardRow> lock(Subject subject, Generation generation) {
    return sql.hold(
        CardTable::read,
        HELD,
        "subject = ? AND generation = ?",
        subject.value(),
        generation.value());
  }

  /// The card of a subject that is in use, held until the transaction ends; see [CardRow#inUse].
  public Optional<CardRow> lockInUse(Subject subject) {
    return sql.hold(
        CardTable::read,
        HELD,
        "subject = ? AND (state = 'ACTIVE' OR state_before = 'ACTIVE')",
        subject.value());
  }

  /// Puts a challenge on a card that has none open.
  ///
  /// @param card as it is with the challenge
  public void ask(CardRow card) {
    sql.changeOne(
        """
        UPDATE card_states
           SET first_draw = ?, second_draw = ?, challenge_id = ?, challenge_expires = ?
         WHERE subject = ? AND generation = ? AND state = ? AND challenge_id = ''
        """,
        live(card.progress(), 0),
        live(card.progress(), 1),
        card.challenge().orElseThrow().value(),
        card.expiresAt().toEpochMilli(),
        card.subject().value(),
        card.generation().value(),
        card.state().name());
  }

  /// Settles a right answer: counters cleared but for those of the card's life, draws spent, no challenge open.
  public void passed(
      CardRow card, ChallengeId challenge, BookProgress progress, CardState state, Head judged) {
    sql.changeOne(
        """
        UPDATE card_states
           SET state = ?, wrong_answers = 0, abandoned = 0,
               used_draws = ?, first_draw = ?, second_draw = ?,
               challenge_id = '', challenge_expires = 0, judged = ?, judged_hash = ?
         WHERE subject = ? AND generation = ? AND state = ? AND challenge_id = ? AND judged = ?
        """,
        state.name(),
        progress.used().toByteArray(),
        live(progress, 0),
        live(progress, 1),
        judged.number(),
        judged.hash(),
        card.subject().value(),
        card.generation().value(),
        card.state().name(),
        challenge.value(),
        card.judged().number());
  }

  /// Settles a wrong answer: counted, no challenge open, and the state that the limits say. The draws stay live.
  public void failed(CardRow card, ChallengeId challenge, CardState state, Head judged) {
    sql.changeOne(
        """
        UPDATE card_states
           SET state = ?, state_before = ?, wrong_answers = wrong_answers + 1, wrong_in_life = wrong_in_life + 1,
               challenge_id = '', challenge_expires = 0, judged = ?, judged_hash = ?
         WHERE subject = ? AND generation = ? AND state = ? AND challenge_id = ? AND judged = ?
        """,
        state.name(),
        state == card.state() ? "" : card.state().name(),
        judged.number(),
        judged.hash(),
        card.subject().value(),
        card.generation().value(),
        card.state().name(),
        challenge.value(),
        card.judged().number());
  }

  /// Settles a judgement of a challenge that had ended before: what it says is counted, and nothing else of the card
  /// changes.
  ///
  /// @param wrong how many wrong answers it adds, 0 or 1
  /// @param abandoned how many questions in a row were not answered, as is known now
  public void settledLate(
      CardRow card, int wrong, int abandoned, BookProgress progress, Head judged) {
    sql.changeOne(
        """
        UPDATE card_states
           SET wrong_answers = wrong_answers + ?, wrong_in_life = wrong_in_life + ?, abandoned = ?,
               used_draws = ?, first_draw = ?, second_draw = ?, judged = ?, judged_hash = ?
         WHERE subject = ? AND generation = ? AND judged = ?
        """,
        wrong,
        wrong,
        abandoned,
        progress.used().toByteArray(),
        live(progress, 0),
        live(progress, 1),
        judged.number(),
        judged.hash(),
        card.subject().value(),
        card.generation().value(),
        card.judged().number());
  }

  /// Marks draws as used that have passed before, and takes the challenge that asks them off the card. Nothing is
  /// counted.
  public void spent(CardRow card, ChallengeId challenge, BookProgress progress) {
    sql.changeOne(
        """
        UPDATE card_states
           SET used_draws = ?, first_draw = ?, second_draw = ?, challenge_id = '', challenge_expires = 0
         WHERE subject = ? AND generation = ? AND challenge_id = ?
        """,
        progress.used().toByteArray(),
        live(progress, 0),
        live(progress, 1),
        card.subject().value(),
        card.generation().value(),
        challenge.value());
  }

  /// Takes the open challenge off a card, and gives it a new state where the limits say so. The draws stay live.
  public void endChallenge(CardRow card, ChallengeId challenge, CardState state, int abandoned) {
    sql.changeOne(
        """
        UPDATE card_states
           SET state = ?, state_before = ?, abandoned = ?, challenge_id = '', challenge_expires = 0
         WHERE subject = ? AND generation = ? AND state = ? AND challenge_id = ?
        """,
        state.name(),
        state == card.state() ? "" : card.state().name(),
        abandoned,
        card.subject().value(),
        card.generation().value(),
        card.state().name(),
        challenge.value());
  }

  /// Moves a card from the state it was read in to another; false if it has left that state since.
  ///
  /// @param before what an unlock shall give back; empty unless `to` is LOCKED or SUSPENDED
  public boolean move(CardRow card, CardState to, Optional<CardState> before) {
    return sql.change(
            """
            UPDATE card_states
               SET state = ?, state_before = ?, challenge_id = '', challenge_expires = 0
             WHERE subject = ? AND generation = ? AND state = ?
            """,
            to.name(),
            before.map(CardState::name).orElse(""),
            card.subject().value(),
            card.generation().value(),
            card.state().name())
        == 1;
  }

  /// Clears the counters but for those of the card's life.
  public void clearCounters(CardRow card) {
    sql.changeOne(
        """
        UPDATE card_states
           SET wrong_answers = 0, abandoned = 0
         WHERE subject = ? AND generation = ?
        """,
        card.subject().value(),
        card.generation().value());
  }

  /// Open orders, oldest first, after the one named.
  public List<Order> orders(Optional<Order> after, int limit) {
    return sql.rows(
        row ->
            new Order(
                new Subject(row.getString("subject")),
                new Generation(row.getInt("generation")),
                Profile.parse(row.getString("profile")),
                Instant.ofEpochMilli(row.getLong("ordered_at"))),
        """
        SELECT subject, generation, profile, ordered_at
          FROM card_states
         WHERE state = 'ORDERED' AND (ordered_at, subject, generation) > (?, ?, ?)
         ORDER BY ordered_at, subject, generation
         LIMIT ?
        """,
        after.map(order -> order.orderedAt().toEpochMilli()).orElse(-1L),
        after.map(order -> order.subject().value()).orElse(""),
        after.map(order -> order.generation().value()).orElse(0),
        limit);
  }

  private static int live(BookProgress progress, int index) {
    return index < progress.live().size() ? progress.live().get(index) : 0;
  }

  private static CardRow read(ResultSet row) throws SQLException {
    var live = new ArrayList<Integer>();
    for (var column : List.of("first_draw", "second_draw")) {
      if (row.getInt(column) > 0) {
        live.add(row.getInt(column));
      }
    }
    return new CardRow(
        new Subject(row.getString("subject")),
        new Generation(row.getInt("generation")),
        Instant.ofEpochMilli(row.getLong("ordered_at")),
        CardState.valueOf(row.getString("state")),
        text(row, "state_before").map(CardState::valueOf),
        row.getInt("wrong_answers"),
        row.getInt("wrong_in_life"),
        row.getInt("abandoned"),
        new BookProgress(
            Profile.parse(row.getString("profile")),
            BitSet.valueOf(row.getBytes("used_draws")),
            live),
        text(row, "challenge_id").map(ChallengeId::new),
        Instant.ofEpochMilli(row.getLong("challenge_expires")),
        new Head(row.getLong("judged"), row.getString("judged_hash")));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(value -> !value.isEmpty());
  }
}
