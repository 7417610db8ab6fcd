package karuta.server.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Policy;
import karuta.server.store.StoreUnavailable;
import karuta.server.testing.Bank;
import karuta.server.testing.TestDatabase;

/// A process whose files cannot grow for a while, as on a full disk, and which is sent answers meanwhile. It says what became of
/// each, and how many reached the token.
public final class FullDiskProcess {
  static final int CUSTOMERS = 5;

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
      var before = bank.token.verified.get();
      limitFiles("1");
      for (var challenge : challenges) {
        System.out.println(answer(bank, challenge));
      }
      System.out.println("asked " + (bank.token.verified.get() - before));
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
      var wrong = bank.printed(challenge.subject()).wrongAnswer(challenge);
      return bank.answer(challenge, wrong).getClass().getSimpleName();
    } catch (StoreUnavailable unavailable) {
      return "unavailable";
    }
  }

  private static String check(Bank bank) {
    try {
      bank.store.check(bank.time);
      return "ok";
    } catch (StoreUnavailable unavailable) {
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
