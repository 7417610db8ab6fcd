package karuta.server.crash;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import karuta.card.Subject;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.store.StoreSettings;
import karuta.server.testing.Bank;

/// A process of its own that answers questions as fast as it can until somebody kills it, and writes down what it was
/// told, after it was told. Right and wrong answers take turns.
public final class AnsweringProcess {
  /// Customers, each answered by a thread of his own.
  static final int CUSTOMERS = 4;

  private AnsweringProcess() {}

  /// Runs until killed.
  ///
  /// @param arguments URL, user, password, the file to write to
  public static void main(String[] arguments) throws IOException {
    var settings =
        new StoreSettings(
            arguments[0],
            arguments[1],
            new StoreSettings.Password(arguments[2]),
            8,
            Duration.ofSeconds(20));
    var log = Path.of(arguments[3]);
    // Rights come often enough that no card locks; the book of 100 draws bounds the run.
    var bank = Bank.open(settings, Policy.standard());
    var customers = new ArrayList<Subject>();
    for (var i = 0; i < CUSTOMERS; i++) {
      customers.add(bank.withActiveCard("customer-" + i));
    }
    Files.createFile(log.resolveSibling("ready"));
    try (var out = new FileOutputStream(log.toFile(), true);
        var threads = Executors.newFixedThreadPool(CUSTOMERS)) {
      for (var customer : customers) {
        threads.execute(() -> answerAll(bank, customer, out));
      }
    }
  }

  private static void answerAll(Bank bank, Subject customer, FileOutputStream out) {
    var card = bank.printed(customer, 1);
    for (var i = 0; i < 190; i++) {
      ChallengeView challenge = bank.transfer(customer, "t-" + i);
      var right = i % 2 == 0;
      var outcome =
          bank.answer(challenge, right ? card.answer(challenge) : card.wrongAnswer(challenge));
      if (right != outcome instanceof Passed) {
        throw new AssertionError(outcome.toString());
      }
      write(out, "%s %s%n".formatted(right ? "passed" : "wrong", challenge.id()));
    }
  }

  /// One write, so that a line is there wholly or not at all.
  private static void write(FileOutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
