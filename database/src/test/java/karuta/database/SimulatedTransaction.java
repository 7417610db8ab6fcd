package karuta.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import karuta.database.SimulatedDatabase.Row;
import karuta.database.SimulatedDatabase.Steps;
import org.jspecify.annotations.Nullable;

/// One transaction of a [SimulatedDatabase], which remembers what it wrote and what it met, so that it can be written
/// again behind others.
final class SimulatedTransaction {
  private final SimulatedDatabase database;
  private final Steps steps;
  private final List<Write> writes = new ArrayList<>();
  private final Set<Row> held = new HashSet<>();
  private boolean open;

  SimulatedTransaction(SimulatedDatabase database, Steps steps) {
    this.database = database;
    this.steps = steps;
  }

  void begin() {
    database.begin(held);
    open = true;
  }

  void commit() {
    database.commit();
    open = false;
  }

  /// Undoes what was not committed.
  void end() {
    if (open) {
      database.execute("ROLLBACK");
      open = false;
    }
  }

  /// As [Sql] uses one.
  Connection connection() {
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          if (!method.getName().equals("prepareStatement")) {
            throw new UnsupportedOperationException(method.getName());
          }
          giveWay();
          return statement((String) arguments[0]);
        });
  }

  private void giveWay() {
    var meanwhile = steps.meanwhile();
    if (meanwhile.isEmpty()) {
      return;
    }
    end();
    var others = database.during(meanwhile.get());
    if (!Collections.disjoint(held, others)) {
      throw SimulatedDatabase.repeat();
    }
    begin();
    for (var write : writes) {
      if (!write.meetsTheSameAgain()) {
        throw SimulatedDatabase.repeat();
      }
    }
  }

  private PreparedStatement statement(String text) throws SQLException {
    var statement = database.prepared(text);
    var reads = text.startsWith("SELECT");
    var parameters = new ArrayList<@Nullable Object>();
    return proxy(
        PreparedStatement.class,
        (_, method, arguments) ->
            switch (method.getName()) {
              case "setObject" -> {
                parameters.add(arguments[1]);
                yield invoke(statement, method, arguments);
              }
              case "executeUpdate" -> {
                var rows = statement.executeUpdate();
                writes.add(new Write(statement, parameters, List.of(), rows));
                yield rows;
              }
              case "executeQuery" -> {
                var rows = statement.executeQuery();
                yield reads ? rows : watched(statement, parameters, rows);
              }
              // kept for the next who gives the same text
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private ResultSet watched(
      PreparedStatement statement, List<@Nullable Object> parameters, ResultSet rows) {
    var looks = new ArrayList<Look>();
    writes.add(new Write(statement, parameters, looks, 0));
    return proxy(
        ResultSet.class,
        (_, method, arguments) -> {
          var seen = invoke(rows, method, arguments);
          if (!method.getName().equals("close")) {
            looks.add(new Look(method, arguments == null ? List.of() : List.of(arguments), seen));
          }
          return seen;
        });
  }

  /// A look at what a statement returned.
  private record Look(Method method, List<Object> arguments, @Nullable Object seen) {
    boolean seesTheSame(ResultSet rows) throws SQLException {
      return Objects.deepEquals(seen, invoke(rows, method, arguments.toArray()));
    }
  }

  /// A statement that changed something.
  ///
  /// @param looks at what it returned; none if it only counted
  private record Write(
      PreparedStatement statement, List<@Nullable Object> parameters, List<Look> looks, int rows) {
    boolean meetsTheSameAgain() {
      try {
        return meetsTheSame();
      } catch (SQLException e) {
        // there is what it would add
        return false;
      }
    }

    private boolean meetsTheSame() throws SQLException {
      for (var i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      if (looks.isEmpty()) {
        return statement.executeUpdate() == rows;
      }
      try (var found = statement.executeQuery()) {
        for (var look : looks) {
          if (!look.seesTheSame(found)) {
            return false;
          }
        }
        return true;
      }
    }
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SimulatedTransaction.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
