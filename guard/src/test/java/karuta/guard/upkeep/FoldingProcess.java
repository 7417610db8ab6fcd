package karuta.guard.upkeep;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import karuta.database.Database;
import karuta.database.testing.TestDatabase;
import karuta.guard.journal.Journal;
import karuta.guard.sign.Signing;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestGuards;

/// A fold in a process of its own, until it is done or somebody kills it. It says each step.
final class FoldingProcess {
  static final String DONE = "done";

  private static final int TOGETHER = 5;

  private FoldingProcess() {}

  static Signing signing() {
    return new Signing(FakeJudgeToken.lasting(), "test bank", TestGuards.RECEIPT_LIFE);
  }

  /// Runs until killed.
  ///
  /// @param arguments URL and user of the journal
  static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    var settings = TestDatabase.existing(arguments[0], arguments[1]);
    try (var database = Database.open(settings, Journal.TABLES)) {
      var folding = new Folding(database, signing(), "test bank", InstantSource.system(), TOGETHER);
      var plan = folding.plan(FoldPlan.SHORTEST, 0, Optional.empty());
      folding.fold(plan, step -> System.out.println(step.checkpoint().number()));
      System.out.println(DONE);
    }
  }
}
