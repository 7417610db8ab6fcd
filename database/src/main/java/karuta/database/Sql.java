package karuta.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the statements of one transaction: text, parameters, rows. No statement text is ever built from data. Worthless
/// after the work that got it has returned.
public sealed class Sql permits PostgresSql {
  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /// Reads one row; the result set stands on it.
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// A database error on its way to the edge of the transaction, where it is judged.
  public static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException error;

    Fault(SQLException error) {
      super(error);
      this.error = error;
    }

    SQLException error() {
      return error;
    }
  }

  /// Runs a change and says how many rows it met.
  public int change(String text, Object... parameters) {
    try (var statement = prepare(text, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new Fault(e);
    }
  }

  /// Runs a change that must meet exactly one row; another count means a rule of this program is broken. It may be run
  /// with a later statement, but before anything that comes after it, and before the transaction ends.
  ///
  /// @throws InvariantBroken then, or when it is run
  public void changeOne(String text, Object... parameters) {
    requireOne(change(text, parameters));
  }

  static void requireOne(int rows) {
    if (rows != 1) {
      throw new InvariantBroken("a change met " + rows + " rows where it must meet one");
    }
  }

  /// Runs what has not been run yet.
  void finish() {
    // everything has been run when it was asked for
  }

  /// What is held when a row is.
  ///
  /// @param column that is never part of a key
  /// @param columns what is read, by their names with commas between
  public record Held(String table, String column, String columns) {}

  /// The only row, or none, held until the transaction ends: whoever else would hold or change it waits.
  public <T> Optional<T> hold(Row<T> reader, Held held, String where, Object... parameters) {
    return row(
        reader,
        "UPDATE %s SET %s = %s WHERE %s RETURNING %s"
            .formatted(held.table(), held.column(), held.column(), where, held.columns()),
        parameters);
  }

  /// The rows of a query, or of a change that returns rows.
  public <T> List<T> rows(Row<T> reader, String text, Object... parameters) {
    try (var statement = prepare(text, parameters);
        var rows = statement.executeQuery()) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(read(reader, rows));
      }
      return found;
    } catch (SQLException e) {
      throw new Fault(e);
    }
  }

  /// Whoever writes rows keeps the rules of their values, so one that breaks them was written by somebody else.
  static <T> T read(Row<T> reader, ResultSet row) throws SQLException {
    try {
      return reader.read(row);
    } catch (IllegalArgumentException e) {
      throw new InvariantBroken("a stored row holds what it cannot", e);
    }
  }

  /// The only row, or none.
  public <T> Optional<T> row(Row<T> reader, String text, Object... parameters) {
    var found = rows(reader, text, parameters);
    if (found.size() > 1) {
      throw new InvariantBroken("more than one row where a key was given");
    }
    return found.stream().findFirst();
  }

  private PreparedStatement prepare(String text, Object... parameters) throws SQLException {
    var statement = connection.prepareStatement(text);
    try {
      for (var i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
