package karuta.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every process of the journal's PostgreSQL is stopped (SIGSTOP): nothing is closed, nothing answers.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentJournalTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void everyCallHasAnEndWithoutAVerdictAndIsJudgedWhenTheJournalSpeaks() {
    try (var server = PostgresServer.start()) {
      var settings = TestDatabase.on(server, Journal.TABLES);
      try (var guards = new TestGuards(settings, Caps.standard());
          var hasty = hasty(guards, settings)) {
        var guard = guards.on(hasty, "guard-1");
        var card = new TestCard("customer-1", guards.token::tag);
        assertThat(verdict(guard, card.wrong(1))).isEqualTo(Verdict.WRONG);
        server.fallSilent();
        try {
          assertThatThrownBy(() -> guard.judge(card.wrong(1))).isInstanceOf(GuardUnavailable.class);
          assertThatThrownBy(() -> guard.judge(card.right(1))).isInstanceOf(GuardUnavailable.class);
          assertThatThrownBy(() -> guard.look(List.of())).isInstanceOf(GuardUnavailable.class);
        } finally {
          server.goOn();
        }
        while (!passes(guard, card.right(1))) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static Journal hasty(TestGuards guards, DatabaseSettings settings) {
    var database =
        Database.open(
            new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.connections(),
                SHORT,
                false),
            Journal.TABLES);
    return new Journal(database, "guard-1", Caps.standard(), guards.time, SHORT.multipliedBy(6));
  }

  private static Verdict verdict(Guard guard, Question question) {
    return ((Judged) guard.judge(question)).judgement().verdict();
  }

  private static boolean passes(Guard guard, Question question) {
    try {
      return verdict(guard, question) == Verdict.RIGHT;
    } catch (GuardUnavailable _) {
      return false;
    }
  }
}
