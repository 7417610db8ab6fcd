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

  /// Not reached, its connection broken off; starting or stopping; too slow, undone for others, a standby by now; no
  /// memory, no free connection, a lock that another holds (PostgreSQL, appendix A).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "57P01", "57P03", "57014", "25P03", "40001", "40P01", "25006", "53200",
        "53300", "55P03"
      })
  void aDatabaseThatIsAwayMayComeBack(String state) {
    assertThat(after(state).away()).isTrue();
  }

  /// A wrong password, no such database, no such table, a disk that is full, a setting that forgets.
  @ParameterizedTest
  @ValueSource(strings = {"28P01", "3D000", "42P01", "53100", "55000"})
  void whatIsWrongStaysWrong(String state) {
    assertThat(after(state).away()).isFalse();
  }

  @Test
  void whatNoDatabaseSaidIsNotThatItIsAway() {
    assertThat(new DatabaseUnavailable("x").away()).isFalse();
    assertThat(new DatabaseUnavailable("x", new SQLException("no state")).away()).isFalse();
  }

  @Test
  void whatOthersPutRightPassesHoweverItIsWrapped() {
    var found = DatabaseUnavailable.forNow("no standby");
    assertThat(found.away()).isTrue();
    var told = new SQLException("no standby", "55000", found);
    assertThat(new DatabaseUnavailable("x", told).away()).isTrue();
  }
}
