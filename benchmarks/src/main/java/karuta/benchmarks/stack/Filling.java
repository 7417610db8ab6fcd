package karuta.benchmarks.stack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// Brings a deck's customers and cards into a store past the server, where the calls of a bank would take hours: the
/// rows that ordering, mailing and activating leave, without their audit. The books come by `karuta import`.
final class Filling {
  private static final int TOGETHER = 10_000;

  private final Connection connection;
  private final int cards;

  /// @param connection whose transactions are ended here
  Filling(Connection connection, int cards) {
    this.connection = connection;
    this.cards = cards;
  }

  /// Each customer has ordered a card.
  void order(Instant at) throws SQLException {
    connection.setAutoCommit(false);
    for (var from = 0; from < cards; from += TOGETHER) {
      var to = Math.min(from + TOGETHER, cards);
      insert(
          "INSERT INTO subjects (subject, method, generation, registered_at) VALUES (?, 'IMAGE_CARD', 1, "
              + at.toEpochMilli()
              + ")",
          from,
          to);
      try (var states =
          connection.prepareStatement(
              """
              INSERT INTO card_states
                (subject, generation, profile, ordered_at, state, state_before, wrong_answers, abandoned,
                 used_draws, first_draw, second_draw, challenge_id, challenge_expires)
              VALUES (?, 1, ?, ?, 'ORDERED', '', 0, 0, ?, 0, 0, '', 0)
              """)) {
        for (var card = from; card < to; card++) {
          states.setString(1, Deck.subject(card).value());
          states.setString(2, Deck.PROFILE.label());
          states.setLong(3, at.toEpochMilli());
          states.setBytes(4, new byte[0]);
          states.addBatch();
        }
        states.executeBatch();
      }
      insert(
          """
          INSERT INTO cards
            (subject, generation, issued_at, mailed_at, activated_at, ended_at, tracking_number, reason)
          VALUES (?, 1, 0, 0, 0, 0, '', '')
          """,
          from,
          to);
      connection.commit();
    }
  }

  private void insert(String statement, int from, int to) throws SQLException {
    try (PreparedStatement rows = connection.prepareStatement(statement)) {
      for (var card = from; card < to; card++) {
        rows.setString(1, Deck.subject(card).value());
        rows.addBatch();
      }
      rows.executeBatch();
    }
  }

  /// Each card has come by post and is in use.
  void activate(Instant at) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE card_states SET state = 'ACTIVE' WHERE state = 'ISSUED'");
      statement.executeUpdate(
          "UPDATE cards SET mailed_at = %1$d, activated_at = %1$d WHERE issued_at > 0"
              .formatted(at.toEpochMilli()));
    }
    connection.commit();
  }
}
