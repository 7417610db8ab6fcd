package karuta.guard.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.database.Database;
import karuta.database.DatabaseSettings.Password;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.PostgresServer;
import karuta.guard.journal.Journal;
import karuta.guard.journal.ManyJudgements;
import karuta.guard.testing.TestTime;
import org.junit.jupiter.api.Test;

/// The role that folds, with the grants of docs/operations.md: its SQL is taken from there. It may change no more than
/// a fold changes.
class FoldRoleTest {
  private static final Pattern SQL = Pattern.compile("```postgresql\\n(.*?)```", Pattern.DOTALL);

  private static final List<String> FOLD = List.of("checkpoints", "folded_cards", "folded_chains");

  /// What a role may do to the tables, one a line.
  private static List<String> allowed(PostgresServer server, String role, String privilege) {
    return server
        .ask(
            """
            SELECT coalesce(string_agg(c.relname, ' ' ORDER BY c.relname), '')
              FROM pg_class c
             WHERE c.relnamespace = 'karuta_guard'::regnamespace AND c.relkind = 'r'
               AND has_table_privilege('%s', c.oid, '%s')
            """
                .formatted(role, privilege))
        .lines()
        .flatMap(line -> Stream.of(line.split(" ")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static void assertGrants(PostgresServer server) {
    var fold = "karuta_guard_fold";
    assertThat(allowed(server, fold, "INSERT")).isEqualTo(FOLD);
    assertThat(allowed(server, fold, "UPDATE")).isEqualTo(FOLD);
    assertThat(allowed(server, fold, "DELETE")).containsExactly("judgements");
    for (var privilege : List.of("TRUNCATE", "TRIGGER", "REFERENCES")) {
      assertThat(allowed(server, fold, privilege)).as(privilege).isEmpty();
    }
    assertThat(
            server.ask(
                "SELECT has_schema_privilege('karuta_guard_fold', 'karuta_guard', 'CREATE')"))
        .isEqualTo("f");
    for (var privilege : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
      assertThat(allowed(server, "karuta_guard", privilege))
          .as("the guard's own role gets nothing by it")
          .isEmpty();
    }
  }

  @Test
  void itFoldsAndChangesNothingThatIsJudgedBy() throws Exception {
    var blocks = SQL.matcher(Files.readString(Path.of("../docs/operations.md")));
    assertThat(blocks.find()).isTrue();
    try (var server = PostgresServer.start()) {
      server.execute("CREATE ROLE karuta_guard LOGIN", "CREATE SCHEMA karuta_guard");
      var owning = server.settings("currentSchema=karuta_guard", Duration.ofMinutes(2));
      Database.migrateOrMake(owning, Journal.TABLES);
      server.execute(blocks.group(1));
      assertGrants(server);
      var time = new TestTime();
      try (var journal = Database.open(owning, Journal.TABLES);
          var folding =
              Database.open(owning.as("karuta_guard_fold", new Password("")), Journal.TABLES)) {
        var guard = new ManyJudgements("guard-1", time, 10);
        guard.judge(journal, 50, Duration.ofSeconds(1));
        time.pass(FoldPlan.SHORTEST.plusDays(1));
        guard.judge(journal, 1, Duration.ofSeconds(1));
        var signing = FoldingProcess.signing();

        assertThat(TestFold.of(folding, signing, time)).isEqualTo(50);

        assertThat(TestFold.broken(journal, signing)).isEmpty();
        for (var forbidden :
            new String[] {
              "UPDATE cards SET failures = 0",
              "UPDATE judgements SET verdict = 'RIGHT'",
              "UPDATE guards SET sequence = 1",
              "DELETE FROM cards",
              "DELETE FROM folded_cards",
              "DELETE FROM checkpoints"
            }) {
          assertThatThrownBy(() -> folding.<Integer>change(sql -> sql.change(forbidden)))
              .as(forbidden)
              .isInstanceOf(DatabaseUnavailable.class);
        }
      }
    }
  }
}
