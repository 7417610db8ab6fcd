package karuta.server.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;

/// A process of its own that answers questions as fast as it can until somebody kills it, and says what it was told,
/// after it was told. Right and wrong answers take turns.
public final class AnsweringProcess {
  /// Customers, each answered for by a thread of its own.
  static final int CUSTOMERS = 4;

  /// Rights come often enough that no card has five wrong answers in a row, and the book of 100 draws ends the run
  /// before a card's life has 100.
  private static final Policy PATIENT =
      new Policy(
          5, 100, 100, 10, Duration.ofMinutes(3), 10, true, false, Policy.standard().watch());

  private AnsweringProcess() {}

  /// Runs until killed.
  ///
  /// @param arguments URL and user of the store
  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var bank = Bank.open(TestDatabase.existing(arguments[0], arguments[1]), PATIENT);
    var customers = new ArrayList<Subject>();
    for (var i = 0; i < CUSTOMERS; i++) {
      customers.add(bank.withActiveCard("customer-" + i));
    }
    for (var customer : customers) {
      Thread.ofPlatform().start(() -> answerAll(bank, customer));
    }
    new CountDownLatch(1).await();
  }

  private static void answerAll(Bank bank, Subject customer) {
    try {
      var card = bank.printed(customer, 1);
      for (var i = 0; i < 190; i++) {
        ChallengeView challenge = bank.transfer(customer, "t-" + i);
        var right = i % 2 == 0;
        var outcome =
            bank.answer(challenge, right ? card.answer(challenge) : card.wrongAnswer(challenge));
        if (right != outcome instanceof Passed) {
          throw new AssertionError(outcome.toString());
        }
        say("%s %s%n".formatted(right ? "passed" : "wrong", challenge.id()));
      }
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /// One write to a pipe, so that a line is there wholly or not at all.
  private static void say(String line) throws IOException {
    // never closed: the descriptor is the process's
    new FileOutputStream(FileDescriptor.out).write(line.getBytes(StandardCharsets.UTF_8));
  }
}
