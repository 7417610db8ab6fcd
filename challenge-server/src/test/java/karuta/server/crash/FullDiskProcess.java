package karuta.server.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;

/// A process whose files cannot grow for a while, as on a full disk, the journal's among them, and which is sent right
/// and wrong answers meanwhile. It says what became of each.
public final class FullDiskProcess {
  static final int CUSTOMERS = 5;

  /// Who answers right.
  static final List<String> RIGHT = List.of("customer-0", "customer-2");

  private FullDiskProcess() {}

  /// Answers while its disk is full and after it.
  ///
  /// @param arguments the database's file
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var url = "jdbc:sqlite:" + Path.of(arguments[0]);
    try (var bank = Bank.open(TestDatabase.existing(url, ""), Policy.standard())) {
      var challenges = new ArrayList<ChallengeView>();
      for (var i = 0; i < CUSTOMERS; i++) {
        challenges.add(bank.transfer(bank.withActiveCard("customer-" + i), "t-1"));
      }
      limitFiles("1");
      for (var challenge : challenges) {
        System.out.println(answer(bank, challenge));
      }
      System.out.println("check " + check(bank));
      limitFiles("unlimited");
      System.out.println("check " + check(bank));
      for (var challenge : challenges) {
        System.out.println(answer(bank, challenge));
      }
    }
  }

  private static String answer(Bank bank, ChallengeView challenge) {
    try {
      var card = bank.printed(challenge.subject());
      var right = isRight(challenge);
      return bank.answer(challenge, right ? card.answer(challenge) : card.wrongAnswer(challenge))
          .getClass()
          .getSimpleName();
    } catch (GuardUnavailable unavailable) {
      return "unavailable";
    }
  }

  private static boolean isRight(ChallengeView challenge) {
    return RIGHT.contains(challenge.subject().value());
  }

  private static String check(Bank bank) {
    try {
      bank.store.check(bank.time);
      return "ok";
    } catch (DatabaseUnavailable unavailable) {
      return "unavailable";
    }
  }

  /// Bytes to which files of this process may grow; the hard limit stays.
  private static void limitFiles(String size) throws IOException, InterruptedException {
    var words =
        List.of("prlimit", "--pid", "" + ProcessHandle.current().pid(), "--fsize=" + size + ":");
    var exitCode = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException("prlimit has failed: " + exitCode);
    }
  }
}
