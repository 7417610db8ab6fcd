package karuta.guard.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.guard.journal.Journal;
import karuta.guard.journal.ManyJudgements;
import karuta.guard.testing.TestTime;
import karuta.guard.upkeep.JournalCheck.Report;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A fold is killed again and again, while a guard judges. Whenever that is, the journal holds, has lost no judgement
/// and counts what it counted; and the next fold goes on.
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FoldCrashTest {
  private static final int KILLS = Integer.getInteger("karuta.crash.kills", 5);
  private static final int OLD = 60 * KILLS;
  private static final int YOUNG = 20;
  private static final int CARDS = 24;
  private static final int MOST_BETWEEN = 8;
  private static final long SEED = 20_260_106;

  private final TestDatabase kind;
  private final DatabaseSettings settings;

  @TempDir private Path directory;

  FoldCrashTest(TestDatabase kind) {
    this.kind = kind;
    this.settings = kind.fresh(Journal.TABLES);
  }

  private ChildJvm fold() throws IOException {
    return ChildJvm.start(
        directory, Map.of(), FoldingProcess.class, settings.url(), settings.user());
  }

  @Test
  void whateverStepItIsKilledInTheJournalHolds() throws Exception {
    var random = new Random(SEED);
    var judged = OLD + YOUNG;
    var time = new TestTime();
    var guard = new ManyJudgements("guard-1", time, CARDS);
    try (var database = open()) {
      guard.judge(database, OLD, Duration.ofSeconds(1));
      time.pass(FoldPlan.SHORTEST.plusDays(1));
      guard.judge(database, YOUNG, Duration.ofSeconds(1));
    }
    for (var kill = 0; kill < KILLS; kill++) {
      try (var fold = fold();
          var database = open()) {
        for (var step = random.nextInt(MOST_BETWEEN); step >= 0; step--) {
          assertThat(fold.line()).as(fold::said).isNotNull();
        }
        guard.judge(database, 1, Duration.ofSeconds(1));
        judged++;
        fold.kill();
      }
      kind.awaitEndOfOthers(settings);
      requireHeld(judged);
    }
    try (var fold = fold()) {
      assertThat(fold.rest()).as(fold::said).last().isEqualTo(FoldingProcess.DONE);
    }
    assertThat(requireHeld(judged).checkpoint().rows()).isEqualTo(OLD);
  }

  private Database open() {
    return Database.open(settings, Journal.TABLES);
  }

  private Report requireHeld(int judged) {
    Report report;
    try (var database = open()) {
      report = JournalCheck.of(database, List.of(), Folding.keys(FoldingProcess.signing()));
    }
    assertThat(report.broken()).isEmpty();
    assertThat(report.checkpoint().rows() + report.rows()).isEqualTo(judged);
    assertThat(report.checkpoint().rows()).isPositive();
    return report;
  }
}
