package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUnavailableTest {
  private static DatabaseUnavailable after(String state) {
    return new DatabaseUnavailable(
        "x", new IllegalStateException(new SQLException("reason", state)));
  }

  /// Not reached, its connection broken off; starting or stopping (PostgreSQL, appendix A).
  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P03"})
  void aDatabaseThatIsAwayMayComeBack(String state) {
    assertThat(after(state).away()).isTrue();
  }

  /// A wrong password, no such database, no such table, a disk that is full.
  @ParameterizedTest
  @ValueSource(strings = {"28P01", "3D000", "42P01", "53100"})
  void whatIsWrongStaysWrong(String state) {
    assertThat(after(state).away()).isFalse();
  }

  @Test
  void whatNoDatabaseSaidIsNotThatItIsAway() {
    assertThat(new DatabaseUnavailable("x").away()).isFalse();
    assertThat(new DatabaseUnavailable("x", new SQLException("no state")).away()).isFalse();
  }
}
