package karuta.smoke;

import static karuta.smoke.Tally.expect;
import static karuta.smoke.Tally.expectEqual;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import karuta.client.PublishedFiles;
import karuta.client.ReceiptVerifier;
import karuta.client.Refused;
import karuta.demo.BankSystems;
import karuta.demo.Customer;
import karuta.demo.Guard;
import karuta.v1.AskedCell;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.Outcome;

/// The promises that can be seen from outside, in the order in which a customer's life tries them.
final class Checks {
  /// The ways in beside those of a customer.
  ///
  /// @param files what the server publishes
  /// @param raw plain HTTP, as the front end
  /// @param management the port of health and metrics
  record Ways(PublishedFiles files, RawHttp raw, RawHttp management) {}

  private final Tally tally;
  private final Ways ways;
  private final Customer rest;
  private final Customer grpc;
  private final Customer careless;

  Checks(Tally tally, Ways ways, BankSystems bank) {
    this.tally = tally;
    this.ways = ways;
    this.rest = bank.customer("demo-1");
    this.grpc = bank.customerOverGrpc("demo-2");
    this.careless = bank.customer("demo-3");
  }

  /// The customers, whose cards are active when all checks have run.
  List<Customer> customers() {
    return List.of(rest, grpc, careless);
  }

  void run() {
    operating();
    passing();
    sticking();
    counting();
    locking();
    refusing();
  }

  private void operating() {
    tally.check(
        "the server is ready, and says so only after asking token and store",
        () -> {
          expectEqual(ways.management().get("/health/live").statusCode(), 200, "/health/live");
          expectEqual(ways.management().get("/health/ready").statusCode(), 200, "/health/ready");
        });
  }

  private void passing() {
    tally.check("a card is activated with a right answer over REST", rest::activates);
    tally.check("a card is activated with a right answer over gRPC", grpc::activates);
    tally.check(
        "a transfer passes with a right answer over REST, and its receipt verifies",
        () -> receiptOf(rest, "smoke-rest"));
    tally.check(
        "a transfer passes with a right answer over gRPC, and its receipt verifies",
        () -> receiptOf(grpc, "smoke-grpc"));
    tally.check(
        "a retried answer is repeated without cost, another answer is refused",
        () -> {
          var challenge = rest.transfer("smoke-retry");
          var key = Customer.newKey();
          var first = rest.right(challenge, key);
          var left = rest.newest().getDrawsLeft();
          expectEqual(rest.right(challenge, key), first, "the repeated reply");
          expectEqual(rest.newest().getDrawsLeft(), left, "the number of draws left");
          expectRefused("challenge_settled", () -> rest.right(challenge));
        });
  }

  private void sticking() {
    tally.check(
        "reload and a new transaction ask the same cells",
        () -> {
          var challenge = rest.transfer("smoke-sticky");
          expectEqual(rest.reload(challenge), challenge, "the reloaded challenge");
          expectEqual(rest.transfer("smoke-sticky"), challenge, "the same transaction's challenge");
          var other = rest.transfer("smoke-sticky-2");
          expectEqual(cells(other), cells(challenge), "the cells");
          expect(
              !other.getChallengeId().equals(challenge.getChallengeId()),
              "two transactions share a challenge");
          rest.right(other);
          expect(
              !cells(rest.transfer("smoke-sticky-3")).equals(cells(challenge)),
              "the question did not change after a right answer");
        });
  }

  private void counting() {
    tally.check(
        "a wrong answer is counted once, and a right one clears the count",
        () -> {
          var challenge = grpc.transfer("smoke-wrong");
          var key = Customer.newKey();
          var reply = grpc.wrong(challenge, key);
          expectEqual(reply.getOutcome(), Outcome.OUTCOME_WRONG, "the outcome");
          expect(reply.getReceipt().isEmpty(), "a wrong answer has a receipt");
          expectEqual(grpc.wrong(challenge, key), reply, "the repeated reply");
          expectEqual(grpc.newest().getWrongAnswers(), 1, "the count");
          var again = grpc.transfer("smoke-wrong");
          expectEqual(cells(again), cells(challenge), "the cells");
          expectEqual(grpc.right(again).getOutcome(), Outcome.OUTCOME_PASSED, "the outcome");
          expectEqual(grpc.newest().getWrongAnswers(), 0, "the count");
        });
  }

  private void locking() {
    tally.check(
        "five wrong answers lock the card, and a locked card is silent",
        () -> {
          careless.activates();
          Challenge challenge = careless.transfer("smoke-lock");
          for (var i = 1; i <= 5; i++) {
            var reply = careless.wrong(challenge, Customer.newKey());
            expectEqual(reply.getAttemptsLeft(), 5 - i, "attempts left");
            if (i < 5) {
              challenge = careless.transfer("smoke-lock");
            }
          }
          expectEqual(careless.newest().getState(), CardState.LOCKED, "the card's state");
          var asked = judgements();
          expectRefused("card_locked", () -> careless.transfer("smoke-lock-2"));
          var last = challenge;
          expectRefused("challenge_settled", () -> careless.right(last));
          expectEqual(judgements(), asked, "the number of judgements");
        });
    tally.check(
        "the back office unlocks it, the question is the one before",
        () -> {
          careless.unlock("smoke test");
          var challenge = careless.transfer("smoke-unlocked");
          expectEqual(
              careless.right(challenge).getOutcome(), Outcome.OUTCOME_PASSED, "the outcome");
        });
  }

  private void refusing() {
    tally.check(
        "the front end cannot unlock a card",
        () -> {
          var body = Buffer.buffer("{\"generation\":1,\"reason\":\"x\"}");
          var reply =
              ways.raw()
                  .send(
                      HttpMethod.POST,
                      "/v1/subjects/demo-1/cards:unlock",
                      "application/json",
                      body);
          expectEqual(reply.statusCode(), 403, "the status");
        });
    status("an unknown subject is not found", 404, HttpMethod.GET, "/v1/subjects/nobody", "", "");
    status("an unknown path is not found", 404, HttpMethod.GET, "/v1/nothing", "", "");
    status("a wrong method is refused", 405, HttpMethod.DELETE, "/v1/challenges", "", "");
    status(
        "damaged JSON is refused", 400, HttpMethod.POST, "/v1/challenges", "application/json", "{");
    status(
        "a wrong content type is refused",
        415,
        HttpMethod.POST,
        "/v1/challenges",
        "text/plain",
        "{}");
    status(
        "a body of 10 MB is refused",
        413,
        HttpMethod.POST,
        "/v1/challenges",
        "application/json",
        "{\"subject\":\"" + "x".repeat(10_000_000) + "\"}");
    tally.check(
        "the published contract is there",
        () -> {
          var text = ways.files().openApi();
          expect(
              text.lines().anyMatch(line -> line.matches("[{ ]*\"?openapi\"?: *\"?3\\.1.*")),
              "not OpenAPI 3.1");
        });
  }

  private void receiptOf(Customer customer, String reference) throws Exception {
    var challenge = customer.transfer(reference);
    var reply = customer.right(challenge);
    expectEqual(reply.getOutcome(), Outcome.OUTCOME_PASSED, "the outcome");
    var verifier =
        new ReceiptVerifier(
            ways.files().receiptKeys(),
            new ReceiptVerifier.Terms(
                Guard.RECEIPT_ISSUER, Guard.RECEIPT_AUDIENCE, Duration.ofMinutes(3)),
            InstantSource.system());
    var receipt =
        verifier.verify(
            reply.getReceipt(),
            challenge.getSubject(),
            challenge.getPurpose(),
            challenge.getTransaction());
    expectEqual(receipt.challenge(), challenge.getChallengeId(), "the receipt's challenge");
    expectEqual(
        receipt.transactionDigest(), challenge.getTransactionDigest(), "the receipt's transaction");
  }

  private long judgements() {
    return ways.management()
        .text("/metrics")
        .lines()
        .filter(
            line ->
                line.startsWith("karuta_guard_seconds_count")
                    && line.contains("operation=\"judge\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void status(
      String claim, int wanted, HttpMethod method, String path, String contentType, String body) {
    tally.check(
        claim,
        () -> {
          var reply = ways.raw().send(method, path, contentType, Buffer.buffer(body));
          expectEqual(reply.statusCode(), wanted, "the status");
          var type = reply.getHeader("content-type");
          expect(type != null && type.startsWith("application/problem+json"), "no problem+json");
        });
  }

  private static void expectRefused(String code, Tally.Check check) throws Exception {
    try {
      check.run();
    } catch (Refused e) {
      expectEqual(e.code(), code, "the refusal");
      return;
    }
    throw new AssertionError("not refused with " + code);
  }

  private static List<String> cells(Challenge challenge) {
    expect(challenge.getQuestionsCount() > 0, "the challenge asks nothing");
    return challenge.getQuestions(0).getCellsList().stream().map(AskedCell::getCell).toList();
  }
}
