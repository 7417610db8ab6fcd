package karuta.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseSettings.Password;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.PostgresServer;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Refused;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestOfficers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The two roles of a journal on PostgreSQL as docs/operations.md makes them: its SQL is taken from there.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalRolesTest {
  private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

  private static PostgresServer database;
  private static DatabaseSettings judging;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresServer.start();
    var settings = database.settings("currentSchema=karuta_guard", Duration.ofMinutes(2));
    judging = settings.as("karuta_guard", new Password(""));
    var owner = settings.as("karuta_guard_owner", new Password(""));
    var blocks =
        SQL.matcher(Files.readString(Path.of("../docs/operations.md")))
            .results()
            .map(found -> found.group(1))
            .filter(block -> block.contains("karuta_guard"))
            .toList();
    assertThat(blocks).hasSize(2);
    database.execute(blocks.getFirst());
    assertThatThrownBy(() -> Database.open(judging, Journal.TABLES))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("karuta guard migrate");
    Database.migrate(owner, Journal.TABLES);
    execute(owner, blocks.getLast());
  }

  @AfterAll
  static void end() {
    database.close();
  }

  private static void execute(DatabaseSettings role, String statements) throws SQLException {
    try (var connection = DriverManager.getConnection(role.url(), role.user(), "");
        var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  @Test
  void theGuardsRoleCanDoAllThatGuardAndOfficersDo() {
    // one failure bank-wide is a trip, two cap a card
    try (var guards = new TestGuards(judging, new Caps(2, 3, 1, 2, 3))) {
      var guard = guards.open("a");
      var card = new TestCard("customer-1");
      assertThat(guard.judge(card.right(1))).isInstanceOf(Judged.class);
      assertThat(guard.judge(card.wrong(2))).isInstanceOf(Judged.class);
      assertThat(guard.judge(card.wrong(2))).isInstanceOf(Refused.class);
      var officers = new TestOfficers(guards.time);
      var acts = guards.acts("a");
      var until = guards.time.instant().plusSeconds(60);
      var request = acts.request(List.of(acts.lifting().orElseThrow()), until, "a test");
      acts.apply(officers.officers, request, officers.approve(request, 1, 2), Optional.empty());
      assertThat(guard.judge(card.wrong(2))).isInstanceOf(Judged.class);
      guards.time.pass(Duration.ofDays(3));
      assertThat(guard.judge(new TestCard("customer-2").wrong(1))).isInstanceOf(Judged.class);
      assertThat(guards.broken()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE judgements SET verdict = 'RIGHT'",
        "DELETE FROM judgements",
        "TRUNCATE judgements",
        "DELETE FROM cards",
        "DELETE FROM trips",
        "UPDATE officer_acts SET digest = ''",
        "DELETE FROM officer_approvals",
        "UPDATE card_acts SET failures = 0",
        "DELETE FROM chain_acts",
        "DROP TABLE judgements",
        "CREATE TABLE more (x INT)"
      })
  void andCannotTakeBackWhatWasWritten(String statement) {
    assertThatThrownBy(() -> execute(judging, statement))
        .isInstanceOf(SQLException.class)
        .satisfies(
            refused -> assertThat(((SQLException) refused).getSQLState()).isEqualTo("42501"));
  }
}
