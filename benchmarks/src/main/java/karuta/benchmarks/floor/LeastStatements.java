package karuta.benchmarks.floor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import karuta.benchmarks.load.Latencies;
import karuta.benchmarks.stack.Deck;

/// The least that an authentication has to put on disk, from a loop over JDBC: the question with its audit row, the
/// judgement in a journal of its own, the verdict with its audit row. Three commits, each durable, none of them shared.
///
/// It works on the tables and rows of the store itself, so the indexes, constraints and caches are the same.
final class LeastStatements implements AutoCloseable {
  private static final int ID = 22;
  private static final int SEED_BYTES = 32;
  private static final int TRANSACTION_BYTES = 120;

  /// As long as a receipt is.
  private static final String RECEIPT = "r".repeat(620);

  private static final String HASH = "h".repeat(43);

  private final Connection store;
  private final PreparedStatement read;
  private final PreparedStatement ask;
  private final PreparedStatement challenge;
  private final PreparedStatement audit;
  private final PreparedStatement settle;
  private final PreparedStatement verdict;
  private final LeastJournal journal;

  /// @param store a connection for this alone
  LeastStatements(Connection store, LeastJournal journal) throws SQLException {
    this.store = store;
    this.journal = journal;
    store.setAutoCommit(false);
    read =
        store.prepareStatement(
            """
            SELECT c.state, c.used_draws, c.first_draw, c.second_draw, c.wrong_answers, c.wrong_in_life, c.abandoned,
                   c.challenge_id, b.serial, b.epoch, b.seed, b.draws
              FROM card_states c JOIN books b ON b.subject = c.subject AND b.generation = c.generation
             WHERE c.subject = ? AND c.generation = 1
            """);
    ask =
        store.prepareStatement(
            """
            UPDATE card_states SET first_draw = 1, challenge_id = ?, challenge_expires = 9
             WHERE subject = ? AND generation = 1 AND state = 'ACTIVE'
            """);
    challenge =
        store.prepareStatement(
            """
            INSERT INTO challenges
              (challenge_id, subject, generation, caller, purpose, transaction_text, screen_seed,
               first_draw, second_draw, state, created_at, expires_at, settled_at, receipt, closed)
            VALUES (?, ?, 1, 'front-end', 'TRANSFER', ?, ?, 1, 0, 'OPEN', 1, 9, 0, '', 0)
            """);
    audit =
        store.prepareStatement(
            """
            INSERT INTO audit (id, at, subject, generation, actor, event, challenge_id, draw, detail)
            VALUES (?, 1, ?, 1, 'front-end', 'MEASURED', ?, 1, '')
            """);
    settle =
        store.prepareStatement(
            """
            UPDATE card_states SET first_draw = 0, challenge_id = '', challenge_expires = 0, wrong_answers = 0
             WHERE subject = ? AND generation = 1 AND challenge_id = ?
            """);
    verdict =
        store.prepareStatement(
            """
            UPDATE challenges SET state = 'PASSED', settled_at = 2, receipt = ?, closed = 1
             WHERE challenge_id = ? AND state = 'OPEN'
            """);
  }

  /// One authentication.
  ///
  /// @param latencies is told how long the statements of the answer took, the guard's among them
  void run(int card, RandomGenerator random, Latencies latencies) throws SQLException {
    var subject = Deck.subject(card).value();
    var id = id();
    question(subject, id, random);
    var begun = System.nanoTime();
    journal.judged(subject, id);
    one(settle, subject, id);
    one(verdict, RECEIPT, id);
    one(audit, id(), subject, id);
    store.commit();
    latencies.answer(System.nanoTime() - begun);
  }

  private void question(String subject, String id, RandomGenerator random) throws SQLException {
    read.setString(1, subject);
    try (var row = read.executeQuery()) {
      if (!row.next() || row.getBytes("draws").length == 0) {
        throw new IllegalStateException("there is no book of " + subject);
      }
    }
    one(ask, id, subject);
    var seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    challenge.setString(1, id);
    challenge.setString(2, subject);
    challenge.setBytes(3, new byte[TRANSACTION_BYTES]);
    challenge.setBytes(4, seed);
    requireOne(challenge.executeUpdate());
    one(audit, id(), subject, id);
    store.commit();
  }

  private static void one(PreparedStatement statement, String... values) throws SQLException {
    for (var i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    requireOne(statement.executeUpdate());
  }

  static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException(rows + " rows instead of one");
    }
  }

  /// As long as ids are, and as random.
  private static String id() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, ID);
  }

  @Override
  public void close() throws SQLException {
    for (var statement : Arrays.asList(read, ask, challenge, audit, settle, verdict)) {
      statement.close();
    }
    store.close();
  }

  /// The guard's part: a SQLite file of its own, one writer.
  static final class LeastJournal implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement card;
    private final PreparedStatement judgement;
    private final PreparedStatement chain;

    /// @param file an empty one, with the tables of a journal
    LeastJournal(String file) throws SQLException {
      connection =
          DriverManager.getConnection("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL");
      try (var tables = connection.createStatement()) {
        tables.executeUpdate(
            """
            CREATE TABLE cards (subject VARCHAR(64) NOT NULL, generation INT NOT NULL, number BIGINT NOT NULL,
              hash VARCHAR(43) NOT NULL, spent_draws BYTEA NOT NULL, PRIMARY KEY (subject, generation))
            """);
        tables.executeUpdate(
            """
            CREATE TABLE judgements (challenge VARCHAR(22) NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL UNIQUE,
              subject VARCHAR(64) NOT NULL, number BIGINT NOT NULL, verdict VARCHAR(10) NOT NULL,
              transaction_digest VARCHAR(43) NOT NULL, hash VARCHAR(43) NOT NULL)
            """);
        tables.executeUpdate(
            "CREATE TABLE guards (guard VARCHAR(32) NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL)");
        tables.executeUpdate("INSERT INTO guards VALUES ('floor', 0)");
      }
      connection.setAutoCommit(false);
      card =
          connection.prepareStatement(
              """
              INSERT INTO cards (subject, generation, number, hash, spent_draws) VALUES (?, 1, 1, ?, ?)
              ON CONFLICT (subject, generation) DO UPDATE SET number = cards.number + 1
              """);
      judgement =
          connection.prepareStatement(
              """
              INSERT INTO judgements (challenge, sequence, subject, number, verdict, transaction_digest, hash)
              SELECT ?, sequence, ?, 1, 'RIGHT', ?, ? FROM guards
              """);
      chain = connection.prepareStatement("UPDATE guards SET sequence = sequence + 1");
    }

    synchronized void judged(String subject, String challenge) throws SQLException {
      requireOne(chain.executeUpdate());
      card.setString(1, subject);
      card.setString(2, HASH);
      card.setBytes(3, new byte[13]);
      requireOne(card.executeUpdate());
      one(judgement, challenge, subject, HASH, HASH);
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
