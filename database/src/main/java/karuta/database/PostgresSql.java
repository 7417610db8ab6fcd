package karuta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The statements of a transaction on PostgreSQL, with fewer journeys to it: a change that must meet one row waits, and
/// goes in one message with the next statement, or with others at the end of the work. The driver sends several
/// statements with semicolons between as one message, and the database runs them in their order.
final class PostgresSql extends Sql {
  /// A message this long is sent at once: the statements of one transaction are far fewer, those of an import are not.
  private static final int TOGETHER = 16;

  private final List<Waiting> waiting = new ArrayList<>();

  PostgresSql(Connection connection) {
    super(connection);
  }

  /// @param one whether it must meet one row
  private record Waiting(boolean one, String text, List<Object> parameters) {
    void met(int rows) {
      if (one) {
        requireOne(rows);
      }
    }
  }

  /// Reads what the last statement of a message came to.
  private interface Last<T> {
    T read(PreparedStatement statement) throws SQLException;
  }

  @Override
  public void changeOne(String text, Object... parameters) {
    waiting.add(new Waiting(true, text, List.of(parameters)));
    if (waiting.size() == TOGETHER) {
      finish();
    }
  }

  /// What the transaction is, to go with its first statement.
  void begin(String text) {
    waiting.add(new Waiting(false, text, List.of()));
  }

  @Override
  void finish() {
    if (!waiting.isEmpty()) {
      var last = waiting.removeLast();
      last.met(send(last, PreparedStatement::getUpdateCount));
    }
  }

  @Override
  public int change(String text, Object... parameters) {
    return send(new Waiting(false, text, List.of(parameters)), PreparedStatement::getUpdateCount);
  }

  @Override
  public <T> List<T> rows(Row<T> reader, String text, Object... parameters) {
    return send(new Waiting(false, text, List.of(parameters)), statement -> all(reader, statement));
  }

  private static <T> List<T> all(Row<T> reader, PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(read(reader, rows));
      }
      return found;
    }
  }

  /// A lock that leaves no dead version of the row behind, and as strong as an update of columns outside of keys
  /// (PostgreSQL, section 13.3.2).
  @Override
  public <T> Optional<T> hold(Row<T> reader, Held held, String where, Object... parameters) {
    return row(
        reader,
        "SELECT %s FROM %s WHERE %s FOR NO KEY UPDATE"
            .formatted(held.columns(), held.table(), where),
        parameters);
  }

  private <T> T send(Waiting statement, Last<T> last) {
    var before = List.copyOf(waiting);
    waiting.clear();
    var message = new ArrayList<>(before);
    message.add(statement);
    try (var prepared = prepare(message)) {
      prepared.execute();
      for (var one : before) {
        one.met(prepared.getUpdateCount());
        prepared.getMoreResults();
      }
      return last.read(prepared);
    } catch (SQLException e) {
      throw new Fault(e);
    }
  }

  private PreparedStatement prepare(List<Waiting> message) throws SQLException {
    var text = new StringBuilder();
    for (var one : message) {
      text.append(text.isEmpty() ? "" : ";\n").append(one.text());
    }
    var statement = connection().prepareStatement(text.toString());
    try {
      var place = 1;
      for (var one : message) {
        for (var parameter : one.parameters()) {
          statement.setObject(place++, parameter);
        }
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
