package karuta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import karuta.database.testing.TestDatabase;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/// A database in memory, of one thread, in which the transactions of several processes run into each other as they do
/// in PostgreSQL at READ COMMITTED: whoever simulates decides what happens between two statements, and whether a commit
/// takes place and is heard of.
///
/// SQLite has one writer, so a transaction that others shall get ahead of is undone, the others do what they do, and
/// what it had written is written again. What it had read it does not read again: it goes on with what it saw, as a
/// transaction does that holds no lock. If the others changed rows that it held, where they would have had to wait, or
/// the second writing does not meet what the first met, it is repeated from its start, as after a deadlock.
public final class SimulatedDatabase implements AutoCloseable {
  private static final String REPEAT = "40001";

  private final Tables tables;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final List<Set<Row>> watchers = new ArrayList<>();
  private Set<Row> writing = new HashSet<>();
  private long commits;

  private SimulatedDatabase(Tables tables, SQLiteConnection connection) {
    this.tables = tables;
    this.connection = connection;
    connection.addUpdateListener(
        (type, _, table, number) -> {
          if (type != SQLiteUpdateListener.Type.INSERT) {
            writing.add(new Row(table, number));
          }
        });
  }

  /// A row that was there before.
  record Row(String table, long number) {}

  /// What a process meets on its way. Each may throw [#fault], or an Error for the end of the process.
  public interface Steps {
    /// Nothing happens.
    Steps NONE = new Steps() {};

    /// Before anything is begun.
    default void beginning() {}

    /// Before a statement of a transaction that writes: what others do meanwhile.
    default Optional<Runnable> meanwhile() {
      return Optional.empty();
    }

    /// All is done, and nothing committed.
    default void committing() {}

    /// It is on disk, and nobody has heard of it.
    default void committed() {}
  }

  /// A new one, with empty tables.
  public static SimulatedDatabase make(Tables tables) {
    var template = TestDatabase.SQLITE.fresh(tables);
    try {
      var config = new SQLiteConfig();
      // nobody asks for them, and each is a statement
      config.setGetGeneratedKeys(false);
      var connection = config.createConnection("jdbc:sqlite::memory:");
      try (var statement = connection.createStatement()) {
        statement.executeUpdate("restore from " + Database.file(template));
        statement.execute("PRAGMA foreign_keys = ON");
      }
      return new SimulatedDatabase(tables, connection.unwrap(SQLiteConnection.class));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One process's way to it.
  public Database connect(Steps steps) {
    return new Way(steps);
  }

  /// A database error.
  public static RuntimeException fault() {
    return new Sql.Fault(new SQLException("the simulated database was told to fail"));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How many transactions that write were committed: as long as it is the same, so is what the database holds.
  public long commits() {
    return commits;
  }

  /// Begins a transaction.
  ///
  /// @param held is told which rows it holds
  void begin(Set<Row> held) {
    execute("BEGIN IMMEDIATE");
    writing = held;
  }

  void commit() {
    execute("COMMIT");
    commits++;
    watchers.forEach(watcher -> watcher.addAll(writing));
  }

  /// The rows that others held meanwhile, and have committed.
  Set<Row> during(Runnable meanwhile) {
    var held = new HashSet<Row>();
    watchers.add(held);
    try {
      meanwhile.run();
    } finally {
      watchers.removeLast();
    }
    return held;
  }

  /// A statement, prepared once.
  PreparedStatement prepared(String text) throws SQLException {
    var known = prepared.get(text);
    if (known == null) {
      known = connection.prepareStatement(text);
      prepared.put(text, known);
    }
    return known;
  }

  void execute(String text) {
    try {
      prepared(text).executeUpdate();
    } catch (SQLException e) {
      throw new Sql.Fault(e);
    }
  }

  static RuntimeException repeat() {
    return new Sql.Fault(new SQLException("others were at the same rows", REPEAT));
  }

  private final class Way extends Database {
    private final Steps steps;

    Way(Steps steps) {
      super(tables);
      this.steps = steps;
    }

    @Override
    public <T> T writing(Function<Sql, T> work) {
      steps.beginning();
      var transaction = new SimulatedTransaction(SimulatedDatabase.this, steps);
      T result;
      try {
        transaction.begin();
        result = work.apply(new Sql(transaction.connection()));
        steps.committing();
        transaction.commit();
      } finally {
        transaction.end();
      }
      steps.committed();
      return result;
    }

    @Override
    <T> T inOneState(Function<Sql, T> work) {
      steps.beginning();
      return work.apply(
          new Sql(new SimulatedTransaction(SimulatedDatabase.this, Steps.NONE).connection()));
    }

    @Override
    boolean wantsRepetition(SQLException error) {
      return REPEAT.equals(error.getSQLState());
    }

    @Override
    public boolean hasClock() {
      return false;
    }

    @Override
    public Instant clock(Sql sql) {
      throw new UnsupportedOperationException("the simulation has a clock of its own");
    }

    @Override
    public void requireDurable(Sql sql) {
      // in memory
    }

    @Override
    public void close() {
      // others are connected
    }
  }
}
