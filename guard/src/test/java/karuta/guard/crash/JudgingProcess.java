package karuta.guard.crash;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import karuta.database.Database;
import karuta.database.SoleUse;
import karuta.database.TimeOfRecord;
import karuta.database.testing.TestDatabase;
import karuta.guard.journal.Journal;
import karuta.guard.judge.Judging;
import karuta.guard.sign.Signing;
import karuta.guard.socket.GuardSocket;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestGuards;

/// A guard in a process of its own, until somebody kills it: all of one but the token, which answers at once, so that
/// most of the time is spent where a kill may do harm.
final class JudgingProcess {
  static final String LISTENING = "listening";

  private static final String NAME = "guard-1";

  private JudgingProcess() {}

  /// Runs until killed.
  ///
  /// @param arguments URL and user of the journal, and where to listen
  static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var settings = TestDatabase.existing(arguments[0], arguments[1]);
    var database = Database.open(settings, Journal.TABLES);
    var _ = SoleUse.take(settings, NAME, () -> Runtime.getRuntime().halt(1));
    var time = TimeOfRecord.of(database, Clock.tickMillis(ZoneOffset.UTC));
    var journal = new Journal(database, NAME, JudgeCrashTest.CAPS, time, Duration.ofMinutes(2));
    var token = new FakeJudgeToken(new byte[32]);
    var signing = new Signing(token, "test bank", TestGuards.RECEIPT_LIFE);
    var _ =
        GuardSocket.listen(
            new GuardSocket.Settings(Path.of(arguments[2]), Set.of(), 16),
            new Judging(NAME, token, journal, signing, time));
    System.out.println(LISTENING);
    new CountDownLatch(1).await();
  }
}
