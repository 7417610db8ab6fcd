package karuta.guard.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import karuta.card.ChallengeId;
import karuta.card.PictureId;
import karuta.guard.v1.Call;
import karuta.guard.v1.Draw;
import karuta.guard.v1.Fault;
import karuta.guard.v1.Judge;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls and replies as messages, from one end to the other without a socket.
class CallHandlerTest {
  private final FakeGuard guard = new FakeGuard();
  private final CallHandler handler = new CallHandler(guard);

  private byte[] reply(Call call) {
    try (var none = SecretBytes.ofCapacity(0)) {
      return handler.reply(call.toByteArray(), none);
    }
  }

  private Reply judge(Question question) {
    try (var answer = CallMessages.answer(question)) {
      return ReplyMessages.outcome(
          handler.reply(CallMessages.of(question).toByteArray(), answer), question.challenge());
    }
  }

  @Test
  void aQuestionComesThroughUnchanged() {
    var pictures = new ArrayList<List<PictureId>>();
    guard.judging =
        question -> {
          question.asked().forEach(asked -> pictures.add(List.copyOf(asked.pictures())));
          return new Reply.Refused(Reply.Reason.BEHIND, List.of(), List.of());
        };
    var sent = Samples.question();
    judge(sent);
    var read = (Question) guard.asked.getFirst();
    assertThat(read).usingRecursiveComparison().ignoringFields("asked").isEqualTo(sent);
    assertThat(pictures).isEqualTo(sent.asked().stream().map(Question.Asked::pictures).toList());
    for (var i = 0; i < 2; i++) {
      var draw = read.asked().get(i).draw();
      var sentDraw = sent.asked().get(i).draw();
      assertThat(draw.number()).isEqualTo(sentDraw.number());
      assertThat(draw.cells()).isEqualTo(sentDraw.cells());
      assertThat(draw.tag()).isEqualTo(sentDraw.tag());
    }
  }

  @Test
  void theOtherCallsComeThroughUnchanged() {
    var recalled = reply(CallMessages.of(Samples.recall()));
    assertThat(ReplyMessages.outcome(recalled, Samples.CHALLENGE))
        .isEqualTo(new FakeGuard().recall(Samples.recall()));
    assertThat(ReplyMessages.seal(reply(CallMessages.of(Samples.fields())))).isEqualTo("a.seal.b");
    assertThat(ReplyMessages.standing(reply(CallMessages.of(Samples.heads()))))
        .isEqualTo(Samples.standing());
    assertThat(guard.asked).containsExactly(Samples.recall(), Samples.fields(), Samples.heads());
  }

  static Stream<Reply> replies() {
    var other = Samples.judgement(new ChallengeId("d".repeat(22)), Judgement.Verdict.RIGHT);
    var unseen = List.of(other, Samples.WRONG);
    return Stream.concat(
        Stream.of(
            new Reply.Judged(
                Samples.judgement(Samples.CHALLENGE, Judgement.Verdict.RIGHT),
                unseen,
                Optional.of("a.receipt.b")),
            new Reply.Judged(Samples.WRONG, unseen, Optional.empty()),
            new Reply.Judged(
                Samples.judgement(Samples.CHALLENGE, Judgement.Verdict.UNANSWERED),
                List.of(),
                Optional.empty()),
            new Reply.Refused(Reply.Reason.SPENT, List.of(3, 4), unseen)),
        Stream.of(
                Reply.Reason.CARD_CAPPED,
                Reply.Reason.BANK_CAPPED,
                Reply.Reason.BEHIND,
                Reply.Reason.KEY_CAPPED)
            .map(reason -> new Reply.Refused(reason, List.of(), unseen)));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void everyReplyComesThroughUnchanged(Reply reply) {
    guard.judging = _ -> reply;
    assertThat(judge(Samples.question())).isEqualTo(reply);
  }

  @Test
  void theGuardReadsThePicturesWhereTheyStandAndKeepsNone() {
    var question = Samples.question();
    judge(question);
    var read = (Question) guard.asked.getFirst();
    assertThatThrownBy(() -> read.asked().getFirst().pictures().getFirst())
        .as("wiped with the frame")
        .isInstanceOf(IllegalStateException.class);
    assertThat(read.toString()).doesNotContain("503").contains("withheld");
  }

  @Test
  void readingAnAnswerTwiceMakesNoObjects() {
    guard.judging =
        question -> {
          var pictures = question.asked().getFirst().pictures();
          assertThat(pictures.getFirst()).isSameAs(pictures.getFirst());
          return new Reply.Refused(Reply.Reason.BEHIND, List.of(), List.of());
        };
    judge(Samples.question());
  }

  private static UnaryOperator<Judge.Builder> with(UnaryOperator<Judge.Builder> change) {
    return change;
  }

  static Stream<UnaryOperator<Judge.Builder>> spoilt() {
    return Stream.of(
        with(judge -> judge.setChallenge("short")),
        with(judge -> judge.setSubject("")),
        with(judge -> judge.setSerial("01234567890")),
        with(judge -> judge.setGeneration(0)),
        with(judge -> judge.setGeneration(-1)),
        with(judge -> judge.setEpoch("A")),
        with(Judge.Builder::clearStatement),
        with(judge -> judge.setShown(karuta.guard.v1.Head.newBuilder().setNumber(-1))),
        with(judge -> judge.setShown(karuta.guard.v1.Head.newBuilder().setNumber(1))),
        with(Judge.Builder::clearDraws),
        with(judge -> judge.removeDraws(0)),
        with(judge -> judge.setDraws(1, judge.getDraws(0))),
        with(judge -> judge.setDraws(0, draw(judge).addCells(9))),
        with(judge -> judge.setDraws(0, draw(judge).setCells(0, 50))),
        with(judge -> judge.setDraws(0, draw(judge).setCells(0, -1))),
        with(judge -> judge.setDraws(0, draw(judge).setCells(0, 2))),
        with(judge -> judge.setDraws(0, draw(judge).setNumber(65_536))),
        with(judge -> judge.setDraws(0, draw(judge).clearTag())));
  }

  private static Draw.Builder draw(Judge.Builder judge) {
    return judge.getDraws(0).toBuilder();
  }

  @ParameterizedTest
  @MethodSource("spoilt")
  void aQuestionThatBreaksARuleIsRefused(UnaryOperator<Judge.Builder> change) {
    var question = Samples.question();
    var judge = CallMessages.of(question).getJudge().toBuilder();
    var call = Call.newBuilder().setJudge(change.apply(judge)).build();
    try (var answer = CallMessages.answer(question)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.reply(call.toByteArray(), answer));
    }
    assertThat(guard.asked).isEmpty();
  }

  @Test
  void aPictureThatIsNoneIsRefusedWithoutBeingNamed() {
    var question = Samples.question(Samples.asked(1, 1));
    try (var answer = SecretBytes.copyOf(new byte[] {2, 0})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.reply(CallMessages.of(question).toByteArray(), answer))
          .withMessageNotContaining("512");
    }
  }

  @Test
  void onlyAQuestionHasAnAnswer() {
    try (var answer = SecretBytes.copyOf(new byte[] {0, 1})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.reply(CallMessages.of(Samples.recall()).toByteArray(), answer));
    }
  }

  @Test
  void whatIsNoCallIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> reply(Call.getDefaultInstance()));
    try (var none = SecretBytes.ofCapacity(0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.reply(new byte[] {1, 2, 3}, none));
    }
    assertThat(guard.asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CallHandler.Fault.class)
  void aFaultIsNoVerdict(CallHandler.Fault kind) {
    assertThatThrownBy(
            () -> ReplyMessages.outcome(CallHandler.fault(kind, "no token"), Samples.CHALLENGE))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage("the guard says " + kind + ": no token");
  }

  private static karuta.guard.v1.Reply judged(Consumer<karuta.guard.v1.Judgement.Builder> change) {
    var message =
        ReplyMessages.of(new Reply.Judged(Samples.WRONG, List.of(), Optional.empty())).toBuilder();
    change.accept(message.getJudgedBuilder().getJudgementBuilder());
    return message.build();
  }

  static Stream<karuta.guard.v1.Reply> noReplies() {
    var refused = ReplyMessages.of(new Reply.Refused(Reply.Reason.BEHIND, List.of(), List.of()));
    return Stream.of(
        karuta.guard.v1.Reply.getDefaultInstance(),
        ReplyMessages.of("a.seal.b"),
        ReplyMessages.of(Samples.standing()),
        judged(judgement -> judgement.setChallenge("d".repeat(22))),
        judged(judgement -> judgement.clearVerdict()),
        judged(judgement -> judgement.setVerdictValue(4)),
        judged(karuta.guard.v1.Judgement.Builder::clearHead),
        judged(judgement -> judgement.setGuard("Guard A")),
        judged(judgement -> judgement.setSequence(0)),
        receipt(judged(_ -> {})),
        spent(refused, 3),
        reason(refused, 0),
        reason(refused, 1),
        reason(refused, 7));
  }

  private static karuta.guard.v1.Reply receipt(karuta.guard.v1.Reply reply) {
    var message = reply.toBuilder();
    message.getJudgedBuilder().setReceipt("a.receipt.b");
    return message.build();
  }

  private static karuta.guard.v1.Reply spent(karuta.guard.v1.Reply reply, int draw) {
    var message = reply.toBuilder();
    message.getRefusedBuilder().addSpent(draw);
    return message.build();
  }

  private static karuta.guard.v1.Reply reason(karuta.guard.v1.Reply reply, int number) {
    var message = reply.toBuilder();
    message.getRefusedBuilder().setReasonValue(number);
    return message.build();
  }

  @ParameterizedTest
  @MethodSource("noReplies")
  void aReplyThatBreaksARuleIsNone(karuta.guard.v1.Reply reply) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplyMessages.outcome(reply.toByteArray(), Samples.CHALLENGE));
  }

  @Test
  void aReplyToAnotherKindOfCallIsNone() {
    var standing = ReplyMessages.of(Samples.standing()).toByteArray();
    var seal = ReplyMessages.of("a.seal.b").toByteArray();
    assertThatIllegalArgumentException().isThrownBy(() -> ReplyMessages.seal(standing));
    assertThatIllegalArgumentException().isThrownBy(() -> ReplyMessages.standing(seal));
  }

  @Test
  void aStandingWithoutAGuardIsNone() {
    var reply = ReplyMessages.of(Samples.standing()).toBuilder();
    reply.getStandingBuilder().clearGuard();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplyMessages.standing(reply.build().toByteArray()));
  }

  @Test
  void anEmptySealIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplyMessages.seal(ReplyMessages.of("").toByteArray()));
  }

  @Test
  void theKindsOfFaultsAreThoseOfTheProtocol() {
    assertThat(Stream.of(Fault.Kind.values()).map(Enum::name))
        .containsAll(Stream.of(CallHandler.Fault.values()).map(Enum::name).toList());
  }
}
