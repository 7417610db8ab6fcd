package karuta.server.crash;

import static karuta.server.model.Violation.unless;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import karuta.card.Subject;
import karuta.client.Refused;
import karuta.client.Unavailable;
import karuta.server.crash.CardHolder.Attempt;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.server.model.Violation;
import karuta.v1.AnswerChallengeResponse;

/// Somebody who has one card after another, and answers its questions until it is over.
///
/// A reply that does not come is unknown: the same answer is sent again under the same key until there is one, over the
/// restart of whoever was killed. Of some questions it is given up, and another one asked for or the same. Sometimes
/// two answers are sent at once, each under a key of its own.
final class AnsweringCustomer implements Runnable {
  /// How the answers come.
  enum Habit {
    /// Never right, but for the answer that brings the card into use.
    GUESSES {
      @Override
      boolean right(int answered, Random random) {
        return answered == 0;
      }
    },
    /// Wrong as often as a cap on failures in a row allows, then right, and so on.
    GUESSES_PATIENTLY {
      @Override
      boolean right(int answered, Random random) {
        return answered % 5 == 0;
      }
    },
    /// By chance.
    ANSWERS {
      @Override
      boolean right(int answered, Random random) {
        return random.nextInt(3) > 0;
      }
    };

    /// @param answered how often before, of the same card
    abstract boolean right(int answered, Random random);
  }

  /// What many customers have in common.
  ///
  /// @param told what they were told, taken one at a time
  /// @param event run for each answer that is sent for the first time, and for each reply to one
  /// @param again run for each answer that was told its end after it was sent more than once
  /// @param deaf whether replies to answers are lost on their way now
  /// @param stop whether no other question shall be asked for
  record Together(
      GuardedBank bank,
      Told told,
      Runnable event,
      Runnable again,
      AtomicBoolean deaf,
      AtomicBoolean stop) {}

  private static final int TRIES_AFTER_A_CAP = 2;
  private static final long REST_NANOS = 20_000_000;

  /// One question in so many is given up when no reply comes.
  private static final int GIVEN_UP = 4;

  /// Tries until it is, at most; with the rests between them they take longer than a start of the server.
  private static final int MOST_TRIES = 400;

  /// Refusals that say that a card has come to its end.
  private static final Set<String> OVER = Set.of("book_exhausted", "card_suspended");

  private final Together together;
  private final Told told;
  private final Habit habit;
  private final Random random;
  private final String name;

  AnsweringCustomer(Together together, Habit habit, Random random, String name) {
    this.together = together;
    this.told = together.told();
    this.habit = habit;
    this.random = random;
    this.name = name;
  }

  @Override
  public void run() {
    for (var number = 0; !stopped(); number++) {
      var subject = new Subject("%s-%d".formatted(name, number));
      new Holder(CardHolder.of(together.bank(), told, subject)).useUp();
    }
  }

  private boolean stopped() {
    return together.stop().get();
  }

  /// The customer with one of the cards.
  private final class Holder {
    private final CardHolder with;
    private boolean active;
    private int answered;
    private int references;
    private int capped;

    Holder(CardHolder with) {
      this.with = with;
    }

    void useUp() {
      while (!stopped()) {
        var question = ask();
        if (question.isPresent()) {
          answer(question.get());
        } else if (!goOn()) {
          return;
        }
      }
    }

    /// The bank gives a suspended card back, but the guard judges it no more.
    private boolean goOn() {
      if (capped == TRIES_AFTER_A_CAP) {
        return false;
      }
      capped++;
      try {
        together.bank().unlock(with.subject());
        return true;
      } catch (karuta.server.card.Refusal _) {
        return false; // not suspended: its book is used up
      }
    }

    /// @return none if the card is over, or suspended
    private Optional<Asked> ask() {
      for (var turn = 0; turn < 2; turn++) {
        try {
          return Optional.of(heard(active ? transfer() : with::activate));
        } catch (Refused refused) {
          if (refused.is("no_active_card") || refused.is("no_mailed_card")) {
            active = !active;
          } else if (OVER.contains(refused.code())) {
            return Optional.empty();
          } else {
            throw refused;
          }
        }
      }
      return Optional.empty();
    }

    /// For a transfer of its own, or for the last one again.
    private Supplier<Asked> transfer() {
      references += random.nextInt(4) == 0 ? 0 : 1;
      return () -> with.transfer(references);
    }

    /// Asks until there is a reply.
    private Asked heard(Supplier<Asked> call) {
      while (true) {
        try {
          return call.get();
        } catch (Unavailable unavailable) {
          requireForTheMoment(unavailable);
        }
      }
    }

    private void answer(Asked question) {
      var right = habit.right(answered, random);
      var attempts = with.attempts(question, right, random.nextInt(6) == 0 ? 2 : 1);
      together.event().run();
      send(question, attempts);
      answered++;
      together.event().run();
    }

    /// Sends answers until each has its reply, or the question is given up.
    private void send(Asked question, List<Attempt> attempts) {
      var waiting = new ArrayList<>(attempts);
      var triesLeft =
          random.nextInt(GIVEN_UP) == 0 ? 1 + random.nextInt(MOST_TRIES) : Integer.MAX_VALUE;
      var heard = false;
      var again = false;
      while (!waiting.isEmpty()) {
        Map<Attempt, Future<AnswerChallengeResponse>> sent = new HashMap<>();
        waiting.forEach(attempt -> sent.put(attempt, with.send(question, attempt)));
        for (var attempt : List.copyOf(waiting)) {
          try {
            var response = reply(sent, attempt);
            if (isLost()) {
              continue;
            }
            with.heard(question, attempt, response);
            heard = true;
            if (again) {
              together.again().run();
            }
            waiting.remove(attempt);
          } catch (Refused refused) {
            if (!refused.is("challenge_settled")) {
              throw refused;
            }
            if (!isLost()) {
              waiting.remove(attempt);
            }
          } catch (Unavailable unavailable) {
            requireForTheMoment(unavailable);
          }
        }
        triesLeft--;
        if (!waiting.isEmpty() && triesLeft == 0) {
          return;
        }
        again = true;
      }
      unless(
          heard || question.keys.size() > attempts.size(),
          "%s has its verdict, and no answer to it was told",
          question);
    }

    private AnswerChallengeResponse reply(
        Map<Attempt, Future<AnswerChallengeResponse>> sent, Attempt attempt) {
      var future = sent.get(attempt);
      if (future == null) {
        throw new IllegalStateException("it was not sent");
      }
      return future.await();
    }

    /// Whether the reply that has just come is lost.
    private boolean isLost() {
      if (!together.deaf().get()) {
        return false;
      }
      LockSupport.parkNanos(REST_NANOS);
      return true;
    }

    /// What was not heard, or cannot be done now, is asked for again; there is no other fault.
    private void requireForTheMoment(Unavailable unavailable) {
      if (!unavailable.retryable()) {
        throw new Violation("a call ended as none may", unavailable);
      }
      if (Thread.interrupted()) {
        throw unavailable;
      }
      LockSupport.parkNanos(REST_NANOS);
    }
  }
}
