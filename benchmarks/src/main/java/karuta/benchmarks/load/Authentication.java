package karuta.benchmarks.load;

import com.google.protobuf.Message;
import java.util.UUID;
import java.util.random.RandomGenerator;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.client.Unavailable;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.Outcome;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Transaction;

/// One authentication: a question for a transfer, and its answer, right or wrong. A verdict that is not what was
/// answered fails the run.
public final class Authentication {
  private static final int CHOICES = 64;

  private final KarutaClient client;
  private final Cards cards;
  private final double wrong;

  /// @param wrong which part of the answers shall be wrong, 0 to 1
  public Authentication(KarutaClient client, Cards cards, double wrong) {
    this.client = client;
    this.cards = cards;
    this.wrong = wrong;
  }

  /// A verdict that is not the answer's.
  public static final class WrongVerdict extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongVerdict(String message) {
      super(message);
    }
  }

  /// Asks and answers.
  void run(RandomGenerator random, Latencies latencies) {
    run(random, latencies, System.nanoTime());
  }

  /// Asks and answers, unless a call is refused for the moment: that is counted, with how long it took to be told.
  ///
  /// @param due when the customer was to come, as {@link System#nanoTime}
  void offer(RandomGenerator random, Latencies latencies, long due) {
    try {
      run(random, latencies, due);
    } catch (Unavailable _) {
      // counted where it was made
    }
  }

  private <Q extends Message, A extends Message> A call(
      Method<Q, A> method, Q request, Latencies latencies) {
    var begun = System.nanoTime();
    try {
      return client.call(method, request);
    } catch (Unavailable refused) {
      latencies.refusal(System.nanoTime() - begun);
      throw refused;
    }
  }

  private void run(RandomGenerator random, Latencies latencies, long due) {
    var card = cards.take(random);
    try {
      var challenge = call(Method.CREATE_CHALLENGE, question(cards.subject(card)), latencies);
      latencies.question(System.nanoTime() - due);
      var right = random.nextDouble() >= wrong;
      var answer = answer(card, challenge, right);
      var answering = System.nanoTime();
      var reply = call(Method.ANSWER_CHALLENGE, answer, latencies);
      latencies.answer(System.nanoTime() - answering);
      require(right, reply);
    } finally {
      cards.giveBack(card);
    }
  }

  /// The request for a question about a transfer that no other is about.
  public static CreateChallengeRequest question(String subject) {
    return CreateChallengeRequest.newBuilder()
        .setSubject(subject)
        .setPurpose(Purpose.TRANSFER)
        .setTransaction(
            Transaction.newBuilder()
                .setReference(UUID.randomUUID().toString())
                .setPayee("ミズホ ハナコ")
                .setAmount("10000")
                .setCurrency("JPY"))
        .build();
  }

  private AnswerChallengeRequest answer(int card, Challenge challenge, boolean right) {
    var answers =
        AnswerChallengeRequest.newBuilder()
            .setChallengeId(challenge.getChallengeId())
            .setIdempotencyKey(UUID.randomUUID().toString());
    for (var question : challenge.getQuestionsList()) {
      var answer = QuestionAnswer.newBuilder();
      for (var cell : question.getCellsList()) {
        var choice = cards.choice(card, cell);
        answer.addChoices(right ? choice : (choice + 1) % CHOICES);
      }
      answers.addAnswers(answer);
    }
    return answers.build();
  }

  private static void require(boolean right, AnswerChallengeResponse reply) {
    var expected = right ? Outcome.OUTCOME_PASSED : Outcome.OUTCOME_WRONG;
    if (reply.getOutcome() != expected || reply.getReceipt().isEmpty() == right) {
      throw new WrongVerdict(
          "a %s answer is %s, %s receipt"
              .formatted(
                  right ? "right" : "wrong",
                  reply.getOutcome(),
                  reply.getReceipt().isEmpty() ? "without a" : "with a"));
    }
  }
}
