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
import karuta.bundle.DrawRecord;
import karuta.card.Subject;
import karuta.client.Method;
import karuta.client.Refused;
import karuta.client.Unavailable;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.ChallengeView.AskedCell;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.server.model.Violation;
import karuta.server.testing.PrintedCard;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Transaction;

/// Somebody who has one card after another, and answers its questions until it is over.
///
/// A reply that does not come is unknown: the same answer is sent again under the same key until there is one, or the
/// question is given up, and another one asked for or the same. Sometimes two answers are sent at once, each under a
/// key of its own.
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
  /// @param stop whether no other question shall be asked for
  record Together(
      GuardedBank bank, Told told, Runnable event, Runnable again, AtomicBoolean stop) {}

  private static final int TRIES_AFTER_A_CAP = 2;
  private static final long REST_NANOS = 3_000_000;

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
      new Holder(subject, together.bank().withMailedCard(subject)).useUp();
    }
  }

  private boolean stopped() {
    return together.stop().get();
  }

  /// An answer under its key.
  private record Attempt(IdempotencyKey key, boolean right) {}

  /// The customer with one of the cards.
  private final class Holder {
    private final Subject subject;
    private final PrintedCard card;
    private boolean active;
    private int answered;
    private int references;
    private int capped;

    Holder(Subject subject, PrintedCard card) {
      this.subject = subject;
      this.card = card;
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
        together.bank().unlock(subject);
        return true;
      } catch (karuta.server.card.Refusal _) {
        return false; // not suspended: its book is used up
      }
    }

    /// @return none if the card is over, or suspended
    private Optional<Asked> ask() {
      for (var turn = 0; turn < 2; turn++) {
        try {
          return Optional.of(heard(active ? transfer() : activation()));
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

    private Supplier<Challenge> activation() {
      var request =
          ActivateCardRequest.newBuilder()
              .setSubject(subject.value())
              .setNoticeConfirmed(true)
              .build();
      return () -> together.bank().frontEnd().call(Method.ACTIVATE_CARD, request);
    }

    /// For a transfer of its own, or for the last one again.
    private Supplier<Challenge> transfer() {
      references += random.nextInt(4) == 0 ? 0 : 1;
      var request =
          CreateChallengeRequest.newBuilder()
              .setSubject(subject.value())
              .setPurpose(Purpose.TRANSFER)
              .setTransaction(
                  Transaction.newBuilder()
                      .setReference("t-" + references)
                      .setPayee("山田 花子")
                      .setAmount("10000")
                      .setCurrency("JPY"))
              .build();
      return () -> together.bank().frontEnd().call(Method.CREATE_CHALLENGE, request);
    }

    /// Asks until there is a reply.
    private Asked heard(Supplier<Challenge> call) {
      while (true) {
        Set<String> passed;
        synchronized (told) {
          passed = told.passed();
        }
        try {
          return came(ApiReplies.view(call.get()), passed);
        } catch (Unavailable unavailable) {
          requireForTheMoment(unavailable);
        }
      }
    }

    /// @param passed whose pass was told before this question was asked for
    private Asked came(ChallengeView view, Set<String> passed) {
      synchronized (told) {
        var known = told.question(view.id().value());
        if (known.isPresent()) {
          return known.get();
        }
        var draws = view.questions().stream().map(this::draw).toList();
        var asked = told.came(view, subject.value() + "/1", draws);
        for (var draw : draws) {
          unless(
              !passed.contains(Told.name(asked.card, draw)),
              "%s asks draw %d of %s, which had passed",
              asked,
              draw,
              asked.card);
        }
        return asked;
      }
    }

    private int draw(ChallengeView.Question question) {
      var cells = question.cells().stream().map(AskedCell::cell).toList();
      return card.book().draws().stream()
          .filter(draw -> draw.cells().equals(cells))
          .mapToInt(DrawRecord::number)
          .findFirst()
          .orElseThrow();
    }

    private void answer(Asked question) {
      var right = habit.right(answered, random);
      List<Attempt> attempts = new ArrayList<>();
      synchronized (told) {
        attempts.add(new Attempt(told.newKey(), right));
        if (random.nextInt(6) == 0) {
          attempts.add(new Attempt(told.newKey(), right));
        }
        for (var attempt : attempts) {
          question.keys.add(attempt.key());
          question.answeredRight |= attempt.right();
          question.answeredWrong |= !attempt.right();
        }
      }
      together.event().run();
      send(question, attempts);
      answered++;
      together.event().run();
    }

    /// Sends answers until each has its reply, or the question is given up.
    private void send(Asked question, List<Attempt> attempts) {
      var waiting = new ArrayList<>(attempts);
      var heard = false;
      var again = false;
      while (!waiting.isEmpty()) {
        Map<Attempt, Future<AnswerChallengeResponse>> sent = new HashMap<>();
        waiting.forEach(attempt -> sent.put(attempt, send(question, attempt)));
        for (var attempt : List.copyOf(waiting)) {
          try {
            var response = reply(sent, attempt);
            synchronized (told) {
              told.came(question, attempt.key(), ApiReplies.outcome(response), false);
            }
            heard = true;
            if (again) {
              together.again().run();
            }
            waiting.remove(attempt);
          } catch (Refused refused) {
            if (!refused.is("challenge_settled")) {
              throw refused;
            }
            waiting.remove(attempt);
          } catch (Unavailable unavailable) {
            requireForTheMoment(unavailable);
          }
        }
        if (!waiting.isEmpty() && random.nextInt(50) == 0) {
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

    private Future<AnswerChallengeResponse> send(Asked question, Attempt attempt) {
      var choices = attempt.right() ? card.answer(question.view) : card.wrongAnswer(question.view);
      var request =
          AnswerChallengeRequest.newBuilder()
              .setChallengeId(question.view.id().value())
              .setIdempotencyKey(attempt.key().value());
      choices.forEach(one -> request.addAnswers(QuestionAnswer.newBuilder().addAllChoices(one)));
      return together.bank().frontEnd().send(Method.ANSWER_CHALLENGE, request.build());
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
