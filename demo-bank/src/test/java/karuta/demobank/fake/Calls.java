package karuta.demobank.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import karuta.client.Endpoint;
import karuta.client.PublishedFiles;
import karuta.client.ReceiptInvalid;
import karuta.client.ReceiptVerifier;
import karuta.client.Refused;
import karuta.demo.Guard;
import karuta.demobank.Stack;
import karuta.demobank.api.Karuta;
import karuta.v1.AskedCell;
import karuta.v1.AuditEntry;
import karuta.v1.Card;
import karuta.v1.Challenge;
import karuta.v1.Method;
import karuta.v1.Subject;
import karuta.v1.Transaction;

/// Calls the API and writes down what it says, but for what differs from card to card.
final class Calls {
  private static final String WHO = "agrees-1";

  private final Stack stack;
  private final Karuta karuta;
  private final List<String> said = new ArrayList<>();
  private final ReceiptVerifier verifier;
  private int keys;
  private long sequence;

  Calls(Vertx vertx, Stack stack) {
    this.stack = stack;
    this.verifier = verifier(vertx, stack);
    this.karuta = Karuta.open(vertx, stack.frontEnd(), stack.backOffice());
  }

  List<String> said() {
    orders();
    switches();
    pays();
    errs();
    ends();
    return said;
  }

  private void orders() {
    note("unknown", () -> words(karuta.frontEnd().subject(WHO)));
    note("otp", () -> words(karuta.backOffice().register("agrees-2", Method.ONE_TIME_PASSWORD)));
    note("otp orders", () -> words(karuta.frontEnd().order("agrees-2")));
    note("register", () -> words(office(Method.CONFIRMATION_PASSWORD)));
    note("no card", () -> words(karuta.frontEnd().ask(WHO, transfer("t-0"))));
    note("nothing mailed", () -> words(karuta.frontEnd().activate(WHO)));
    note("order", () -> words(karuta.frontEnd().order(WHO)));
    note("order twice", () -> words(karuta.frontEnd().order(WHO)));
    note("open orders", () -> karuta.backOffice().orders().getFirst().getProfile());
    stack.makeCards();
    note("made", () -> words(karuta.frontEnd().subject(WHO)));
    note("mail", () -> words(karuta.backOffice().mail(WHO, 1, "RR-1")));
    note("mail twice", () -> words(karuta.backOffice().mail(WHO, 1, "RR-1")));
    note("no such card", () -> words(karuta.backOffice().mail(WHO, 7, "RR-1")));
  }

  private Subject office(Method method) {
    return karuta.backOffice().register(WHO, method);
  }

  private void switches() {
    var first = karuta.frontEnd().activate(WHO);
    note("switch", () -> words(first));
    var again = karuta.frontEnd().activate(WHO);
    assertThat(again.getChallengeId()).isEqualTo(first.getChallengeId());
    note("right", () -> answer(first, true));
    note("receipt", () -> words(first, karuta.frontEnd().challenge(first.getChallengeId())));
    note("switched", () -> words(karuta.frontEnd().subject(WHO)));
  }

  private void pays() {
    var one = karuta.frontEnd().ask(WHO, transfer("t-1"));
    var two = karuta.frontEnd().ask(WHO, transfer("t-2"));
    note("replaced", () -> words(karuta.frontEnd().challenge(one.getChallengeId())));
    note("answer to the replaced", () -> answer(one, two, true));
    note("abandoned", () -> words(karuta.frontEnd().subject(WHO)));
    note("pay", () -> answer(two, true));
    note("receipt", () -> words(two, karuta.frontEnd().challenge(two.getChallengeId())));
    note("paid", () -> words(karuta.frontEnd().challenge(two.getChallengeId())));
    note("pay twice", () -> answer(two, two, true));
  }

  private static ReceiptVerifier verifier(Vertx vertx, Stack stack) {
    var access = stack.frontEnd();
    var terms =
        new ReceiptVerifier.Terms(
            Guard.RECEIPT_ISSUER, Guard.RECEIPT_AUDIENCE, Duration.ofMinutes(5));
    try (var files = new PublishedFiles(vertx, Endpoint.of(access.base(), access.identity()))) {
      return new ReceiptVerifier(files.receiptKeys(), terms, stack.clock());
    }
  }

  private void errs() {
    for (var i = 0; i < 5; i++) {
      var challenge = karuta.frontEnd().ask(WHO, transfer("e-" + i));
      note("wrong", () -> answer(challenge, false));
      note("settled", () -> words(karuta.frontEnd().challenge(challenge.getChallengeId())));
    }
    note("locked", () -> words(karuta.frontEnd().subject(WHO)));
    note("ask", () -> words(karuta.frontEnd().ask(WHO, transfer("e-9"))));
    note("unlock", () -> words(karuta.backOffice().unlock(WHO, 1, "called")));
  }

  private void ends() {
    note("lost", () -> words(karuta.frontEnd().suspend(WHO, "lost")));
    note("ask", () -> words(karuta.frontEnd().ask(WHO, transfer("l-1"))));
    note("order anew", () -> words(karuta.frontEnd().order(WHO)));
    note("retire", () -> words(karuta.backOffice().retire(WHO, 1, "closed")));
    note("unlock", () -> words(karuta.backOffice().unlock(WHO, 1, "mistake")));
    note("no such record", () -> karuta.backOffice().record(WHO, 9).getBatch());
    note("audit", () -> karuta.backOffice().audit(WHO).stream().map(AuditEntry::getEvent).toList());
  }

  private void note(String what, Supplier<Object> call) {
    try {
      said.add(what + ": " + call.get());
    } catch (Refused refusal) {
      said.add(what + ": " + refusal.code());
    }
  }

  private static Transaction transfer(String reference) {
    return Transaction.newBuilder()
        .setReference(reference)
        .setPayee("A")
        .setAmount("1")
        .setCurrency("JPY")
        .build();
  }

  private String answer(Challenge challenge, boolean right) {
    return answer(challenge, challenge, right);
  }

  /// Answers a challenge with what another shows.
  private String answer(Challenge challenge, Challenge shown, boolean right) {
    var cells = shown.getQuestions(0).getCellsList();
    var choices = cells.stream().map(cell -> (choice(cell) + (right ? 0 : 1)) % 64).toList();
    var key = "%s-%04d".formatted(challenge.getChallengeId(), keys++);
    var reply = karuta.frontEnd().answer(challenge.getChallengeId(), key, List.of(choices));
    assertThat(karuta.frontEnd().answer(challenge.getChallengeId(), key, List.of(choices)))
        .isEqualTo(reply);
    return reply.getOutcome()
        + " "
        + reply.getCardState()
        + " attempts "
        + reply.getAttemptsLeft()
        + " draws "
        + reply.getDrawsLeft()
        + " receipt "
        + !reply.getReceipt().isEmpty();
  }

  private int choice(AskedCell cell) {
    var serial =
        karuta.frontEnd().subject(WHO).getCardsList().stream()
            .map(Card::getSerial)
            .filter(digits -> !digits.isEmpty())
            .findFirst()
            .orElseThrow();
    return stack.rightChoice(serial, cell);
  }

  private static String words(Challenge challenge) {
    return challenge.getPurpose()
        + " "
        + challenge.getState()
        + " questions "
        + challenge.getQuestionsCount()
        + " draws "
        + challenge.getDrawsLeft()
        + " receipt "
        + !challenge.getReceipt().isEmpty();
  }

  /// What the receipt for a challenge states, verified as core banking does.
  private String words(Challenge asked, Challenge passed) {
    try {
      var receipt =
          verifier.verify(passed.getReceipt(), WHO, asked.getPurpose(), asked.getTransaction());
      assertThat(receipt.challenge()).isEqualTo(asked.getChallengeId());
      assertThat(receipt.sequence()).isGreaterThan(sequence);
      sequence = receipt.sequence();
      return receipt.purpose()
          + " card "
          + receipt.generation()
          + " draws "
          + receipt.draws()
          + " digest "
          + receipt.transactionDigest()
          + " for "
          + Duration.between(receipt.at(), receipt.expiresAt())
          + " by "
          + receipt.guard();
    } catch (ReceiptInvalid e) {
      throw new AssertionError(e);
    }
  }

  private static String words(Subject subject) {
    var text = new StringBuilder(subject.getMethod() + " " + subject.getCanOrder());
    text.append(' ').append(subject.getOrderRefusal());
    for (var card : subject.getCardsList()) {
      text.append(
          " [%d %s %s%s%s%s%s wrong %d abandoned %d draws %d exposed %d]"
              .formatted(
                  card.getGeneration(),
                  card.getState(),
                  card.getReason(),
                  card.hasIssuedAt() ? " issued" : "",
                  card.hasMailedAt() ? " mailed" : "",
                  card.hasActivatedAt() ? " activated" : "",
                  card.hasEndedAt() ? " ended" : "",
                  card.getWrongAnswers(),
                  card.getAbandonedQuestions(),
                  card.getDrawsLeft(),
                  card.getCellsExposed()));
    }
    return text.toString();
  }
}
