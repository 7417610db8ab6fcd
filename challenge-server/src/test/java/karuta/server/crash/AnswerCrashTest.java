package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.server.audit.AuditEvent;
import karuta.server.card.CardRecord;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The process that answers is killed (SIGKILL) in the middle of its work, and what it had said is compared with what
/// is on disk: every verdict it gave is there, no draw was accepted twice, and what was half done is not done at all.
@ParameterizedClass
@EnumSource
class AnswerCrashTest {
  private final TestDatabase database;

  @TempDir private Path directory;

  AnswerCrashTest(TestDatabase database) {
    this.database = database;
  }

  @RepeatedTest(3)
  void everyVerdictThatWasGivenIsOnDisk(RepetitionInfo repetition) throws Exception {
    var settings = database.fresh(Store.TABLES);
    var told = new ArrayList<String>();
    try (var answering =
        ChildJvm.start(
            directory, Map.of(), AnsweringProcess.class, settings.url(), settings.user())) {
      var enough = 20 + new Random(repetition.getCurrentRepetition()).nextInt(200);
      while (told.size() < enough) {
        told.add(answering.line());
      }
      answering.kill();
      told.addAll(answering.rest());
    }
    database.awaitEndOfOthers(settings);

    var stored = verdicts(settings);
    for (var line : told) {
      var words = List.of(line.split(" ", -1));
      assertThat(stored).containsEntry(words.get(1), words.getFirst());
    }
    assertThat(stored.size() - told.size())
        .as("verdicts that were on disk before anybody was told")
        .isBetween(AnsweringProcess.CUSTOMERS, 2 * AnsweringProcess.CUSTOMERS);
    requireConsistent(settings, stored);
  }

  private static void requireConsistent(DatabaseSettings settings, Map<String, String> stored) {
    try (var bank = Bank.open(settings, Policy.standard())) {
      for (var i = 0; i < AnsweringProcess.CUSTOMERS; i++) {
        var customer = new Subject("customer-" + i);
        var events = bank.cards().audit(customer, 1000, "").items();
        var right =
            events.stream().filter(entry -> entry.event() == AuditEvent.ANSWER_RIGHT).toList();
        assertThat(right).extracting(entry -> entry.draw()).doesNotHaveDuplicates();
        assertThat(bank.cards().record(customer, new Generation(1)).draws())
            .filteredOn(CardRecord.Draw::used)
            .hasSameSizeAs(right);
      }
      for (var id : stored.keySet()) {
        AnswerAgain.isRefused(bank, new ChallengeId(id));
      }
    }
  }

  /// A verdict given before the crash cannot be had again after it.
  private static final class AnswerAgain {
    static void isRefused(Bank bank, ChallengeId id) {
      try {
        bank.challenges().answer(Bank.FRONT, id, bank.key(), List.of(List.of(0, 0)));
        throw new AssertionError("challenge " + id + " was answered twice");
      } catch (Refusal refusal) {
        assertThat(refusal.code()).isEqualTo(Code.CHALLENGE_SETTLED);
      }
    }
  }

  private static Map<String, String> verdicts(DatabaseSettings settings) throws SQLException {
    var found = new HashMap<String, String>();
    try (var connection = DriverManager.getConnection(settings.url(), settings.user(), "postgres");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT challenge_id, verdict FROM verdicts")) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2).equals("RIGHT") ? "passed" : "wrong");
      }
    }
    return found;
  }
}
