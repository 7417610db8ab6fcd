package karuta.guard.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.client.SealFields;
import karuta.guard.journal.Caps;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The judging core over both databases. The names are those of the histories that the model was asked for
/// (`docs/decisions/014-guard-model.md`), as far as they are a guard's; the rest of each is a server's.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class JudgingTest {
  private final TestDatabase database;
  private final TestGuards guards;
  private final TestCard card = new TestCard("customer-1");

  JudgingTest(TestDatabase database) {
    this.database = database;
    this.guards = new TestGuards(database, new Caps(3, 5, 100, 100, 100));
  }

  @AfterEach
  void close() {
    guards.close();
  }

  @Test
  void aPassIsTold() throws Exception {
    var guard = guards.open("a");

    var judged = (Judged) guard.judge(card.right(1));

    assertThat(judged.judgement().verdict()).isEqualTo(Verdict.RIGHT);
    assertThat(judged.judgement().head().number()).isEqualTo(1);
    assertThat(judged.judgement().sequence()).isEqualTo(1);
    assertThat(judged.unseen()).containsExactly(judged.judgement());
    var receipt = SignedJWT.parse(judged.receipt().orElseThrow());
    var key = JWKSet.parse(guard.look(List.of()).receiptKeys()).getKeys().getFirst().toECKey();
    assertThat(receipt.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(receipt.getHeader().getType()).hasToString("karuta-receipt+jwt");
    var claims = receipt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("test bank");
    assertThat(claims.getSubject()).isEqualTo("customer-1");
    assertThat(claims.getAudience()).containsExactly("core-banking");
    assertThat(claims.getJWTID()).isEqualTo(judged.judgement().challenge().value());
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plus(TestGuards.RECEIPT_LIFE));
    assertThat(claims.getStringClaim("purpose")).isEqualTo("TRANSFER");
    assertThat(claims.getStringClaim("txn_digest")).isEqualTo(TestCard.DIGEST);
    assertThat(claims.getIntegerClaim("card")).isEqualTo(1);
    assertThat(claims.getIntegerClaim("draws")).isEqualTo(1);
    assertThat(claims.getStringClaim("guard")).isEqualTo("a");
    assertThat(claims.getLongClaim("seq")).isEqualTo(1);
  }

  @Test
  void retryWithAnotherAnswerGetsTheFirstVerdict() {
    var guard = guards.open("a");
    var wrong = card.wrong(1);
    var first = (Judged) guard.judge(wrong);
    var asked = guards.token.verified.get();

    var again = (Judged) guard.judge(card.rightFor(wrong));

    assertThat(again.judgement()).isEqualTo(first.judgement());
    assertThat(again.judgement().verdict()).isEqualTo(Verdict.WRONG);
    assertThat(again.receipt()).isEmpty();
    assertThat(guards.token.verified).hasValue(asked);
    assertThat(guards.failures(card)).isEqualTo(1);
  }

  @Test
  void whatIsMoreThanOneReplyHoldsIsToldWithoutAGap() {
    var guard = guards.open("a");
    for (var i = 0; i < 60; i++) {
      guard.recall(card.recall(card.right(1)));
    }
    var question = card.wrong(1);

    var first = (Judged) guard.judge(question);
    var next = (Judged) guard.judge(card.showing(question, first.unseen().getLast().head()));

    assertThat(numbers(first)).containsExactlyElementsOf(numbers(1, 50));
    assertThat(numbers(next)).containsExactlyElementsOf(numbers(51, 61));
    assertThat(first.judgement()).isEqualTo(next.judgement()).isEqualTo(next.unseen().getLast());
  }

  private static List<Long> numbers(Reply reply) {
    return reply.unseen().stream().map(one -> one.head().number()).toList();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void aRetryOfAPassGetsTheSameClaimsWhateverItStates() throws Exception {
    var guard = guards.open("a");
    var question = card.right(1);
    var first = (Judged) guard.judge(question);

    var again = (Judged) guard.judge(card.stating(question, "PROFILE_CHANGE"));

    assertThat(SignedJWT.parse(again.receipt().orElseThrow()).getJWTClaimsSet())
        .isEqualTo(SignedJWT.parse(first.receipt().orElseThrow()).getJWTClaimsSet());
  }

  @Test
  void guardStopsBetweenVerifyAndCommit() {
    var question = card.wrong(1);
    var stopped = guards.open("a");
    guards.afterVerify.set(
        () -> {
          throw new GuardUnavailable("killed");
        });
    assertThatThrownBy(() -> stopped.judge(question)).isInstanceOf(GuardUnavailable.class);
    guards.afterVerify.set(() -> {});
    assertThat(guards.failures(card)).isZero();

    var judged = (Judged) guards.open("b").judge(question);

    assertThat(judged.judgement().guard()).isEqualTo("b");
    assertThat(guards.failures(card)).isEqualTo(1);
    assertThat(guards.rows()).isEqualTo(1);
  }

  @Test
  void closedWhileTheAnswerIsVerified() {
    var guard = guards.open("a");
    var question = card.right(1);
    guards.afterVerify.set(() -> guard.recall(card.recall(question)));

    var reply = (Judged) guard.judge(question);

    assertThat(reply.judgement().verdict()).isEqualTo(Verdict.UNANSWERED);
    assertThat(reply.receipt()).isEmpty();
    guards.afterVerify.set(() -> {});
    assertThat(((Judged) guard.judge(card.right(1))).judgement().verdict())
        .as("the draw is not spent")
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aRecallTellsWhatWasJudgedAndSignsNothing() {
    var guard = guards.open("a");
    var question = card.right(1);
    var judged = (Judged) guard.judge(question);
    var signed = guards.token.signed.get();

    var recalled = (Judged) guard.recall(card.recall(question));

    assertThat(recalled.judgement()).isEqualTo(judged.judgement());
    assertThat(recalled.unseen()).containsExactly(judged.judgement());
    assertThat(recalled.receipt()).isEmpty();
    assertThat(guards.token.signed).hasValue(signed);
  }

  @Test
  void aClosedChallengeIsNeverJudged() {
    var guard = guards.open("a");
    var question = card.right(1);
    guard.recall(card.recall(question));

    var reply = (Judged) guard.judge(question);

    assertThat(reply.judgement().verdict()).isEqualTo(Verdict.UNANSWERED);
    assertThat(guards.token.verified).hasValue(0);
    assertThat(guards.failures(card)).isZero();
  }

  @Test
  void drawSpentByAReplacedChallenge() {
    var guard = guards.open("a");
    guard.judge(card.right(1));

    var right = guard.judge(card.right(1));
    var wrong = guard.judge(card.wrong(1));

    assertThat(right).isInstanceOf(Refused.class).isEqualTo(wrong);
    assertThat(((Refused) right).reason()).isEqualTo(Reason.SPENT);
    assertThat(((Refused) right).spent()).containsExactly(1);
    assertThat(guards.failures(card)).isZero();
    assertThat(guards.rows()).isEqualTo(1);
  }

  @Test
  void aStepUpFailsAsOneAndPassesAsOne() {
    var guard = guards.open("a");

    var half = (Judged) guard.judge(card.oneWrongOfTwo(1, 2));
    assertThat(half.judgement().verdict()).isEqualTo(Verdict.WRONG);
    assertThat(guards.token.verified).as("both are verified").hasValue(2);
    assertThat(guards.failures(card)).isEqualTo(1);

    var both = (Judged) guard.judge(card.right(1, 2));
    assertThat(both.judgement().verdict()).isEqualTo(Verdict.RIGHT);
    assertThat(((Refused) guard.judge(card.right(2, 3))).spent()).containsExactly(2);
  }

  @Test
  void bothDrawsAreVerifiedAlsoWhenTheFirstIsWrong() {
    guards.open("a").judge(card.wrong(1, 2));

    assertThat(guards.token.verified).hasValue(2);
    assertThat(guards.failures(card)).isEqualTo(1);
  }

  @Test
  void capReachedWhileVerified() {
    var guard = guards.open("a");
    guard.judge(card.wrong(1));
    guard.judge(card.wrong(1));
    guards.afterVerify.set(
        () -> {
          guards.afterVerify.set(() -> {});
          guard.judge(card.wrong(1));
        });

    var reply = (Refused) guard.judge(card.right(1));

    assertThat(reply.reason()).isEqualTo(Reason.CARD_CAPPED);
    assertThat(guards.failures(card)).isEqualTo(3);
    assertThat(guards.rows()).isEqualTo(3);
  }

  @Test
  void aCappedCardIsNotVerified() {
    var guard = guards.open("a");
    IntStream.range(0, 3).forEach(_ -> guard.judge(card.wrong(1)));
    var asked = guards.token.verified.get();

    assertThat(guard.judge(card.right(1)))
        .isEqualTo(guard.judge(card.wrong(1)))
        .extracting(reply -> ((Refused) reply).reason())
        .isEqualTo(Reason.CARD_CAPPED);
    assertThat(guards.token.verified).hasValue(asked);
    assertThat(((Judged) guard.judge(new TestCard("customer-2").right(1))).judgement().verdict())
        .as("no other card is capped")
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aPassClearsTheFailuresSinceItButNotThoseOfTheLife() {
    var guard = guards.open("a");
    guard.judge(card.wrong(1));
    guard.judge(card.wrong(1));
    guard.judge(card.right(1));
    guard.judge(card.wrong(2));
    guard.judge(card.wrong(2));
    guard.judge(card.right(2));

    assertThat(((Judged) guard.judge(card.wrong(3))).judgement().verdict())
        .isEqualTo(Verdict.WRONG);
    assertThat(((Refused) guard.judge(card.right(3))).reason())
        .as("five in its life")
        .isEqualTo(Reason.CARD_CAPPED);
  }

  @Test
  void manyGuessesAtOnceGainNotOneMoreThanTheCap() throws Exception {
    var guard = guards.open("a");
    var started = new CountDownLatch(8);
    guards.afterVerify.set(started::countDown);
    List<Reply> replies;
    try (var callers = Executors.newFixedThreadPool(8)) {
      replies =
          callers
              .invokeAll(
                  IntStream.range(0, 8)
                      .<java.util.concurrent.Callable<Reply>>mapToObj(
                          _ -> () -> guard.judge(card.wrong(1)))
                      .toList())
              .stream()
              .map(java.util.concurrent.Future::resultNow)
              .toList();
    }
    assertThat(replies).filteredOn(Judged.class::isInstance).hasSize(3);
    assertThat(guards.failures(card)).isEqualTo(3);
  }

  @Test
  void twoGuardsVerifyOneCommits() {
    var one = guards.open("a");
    var two = guards.open("b");
    var question = card.wrong(1);
    guards.afterVerify.set(
        () -> {
          guards.afterVerify.set(() -> {});
          two.judge(card.rightFor(question));
        });

    var reply = (Judged) one.judge(question);

    assertThat(reply.judgement().guard()).isEqualTo("b");
    assertThat(reply.judgement().verdict()).isEqualTo(Verdict.RIGHT);
    assertThat(guards.rows()).isEqualTo(1);
    assertThat(guards.failures(card)).isZero();
  }

  @Test
  void aReplyBringsWhatTheCallDidNotShow() {
    var guard = guards.open("a");
    var first = ((Judged) guard.judge(card.wrong(1))).judgement();
    var second = ((Judged) guard.judge(card.wrong(1))).judgement();

    var third = (Judged) guard.judge(card.showing(card.right(1), first.head()));

    assertThat(third.unseen()).containsExactly(second, third.judgement());
    assertThat(third.unseen())
        .extracting(Judgement::head)
        .extracting(Head::number)
        .containsExactly(2L, 3L);
  }

  @Test
  void aCallIsRefusedOnAnOldJournal() {
    var before = guards.open("a");
    before.judge(card.wrong(1));
    var kept = guards.copy();
    var told = ((Judged) before.judge(card.wrong(1))).judgement();
    guards.putBack(kept);
    // the lost journal goes on, and comes to as high a number as the one that is remembered
    guards.open("b").judge(card.wrong(1));
    var guard = guards.open("a");

    var right = guard.judge(card.showing(card.right(1), told.head()));
    var wrong = guard.judge(card.showing(card.wrong(1), told.head()));

    assertThat(right).isEqualTo(wrong).isEqualTo(new Refused(Reason.BEHIND, List.of(), List.of()));
    assertThat(guard.recall(card.recall(card.showing(card.wrong(1), told.head()))))
        .isEqualTo(right);
    assertThat(guards.rows()).isEqualTo(2);
  }

  @Test
  void anOldJournalIsNoticedAlsoWhenItIsPutBackAfterTheTokenVerified() {
    var kept = guards.copy();
    var told = ((Judged) guards.open("a").judge(card.wrong(1))).judgement();
    var guard = guards.open("a");
    guards.afterVerify.set(() -> guards.putBack(kept));

    var reply = guard.judge(card.showing(card.right(1), told.head()));

    assertThat(((Refused) reply).reason()).isEqualTo(Reason.BEHIND);
    assertThat(guards.rows()).isZero();
  }

  @Test
  void aRunningGuardNoticesThatItsJournalWasPutBackWhateverACallShows() {
    var guard = guards.open("a");
    guard.judge(card.wrong(1));
    var kept = guards.copy();
    guard.judge(card.wrong(1));
    guards.putBack(kept);

    for (var question : List.of(card.right(1), card.wrong(1))) {
      assertThatThrownBy(() -> guard.judge(question)).isInstanceOf(GuardUnavailable.class);
    }
    assertThat(guard.look(List.of()).reason()).contains("not as this guard left it");
    assertThat(guards.rows()).isEqualTo(1);
  }

  @Test
  void aHeadThatTheJournalLacksIsSaid() {
    var guard = guards.open("a");
    guard.judge(card.wrong(1));
    var kept = guards.copy();
    guard.judge(card.wrong(1));
    var heads = guard.look(List.of()).heads();
    assertThat(guard.look(heads).judges()).isTrue();

    guards.putBack(kept);

    assertThat(guard.look(heads).reason()).contains("older");
  }

  @Test
  void beyondTheBankWideCapOnlyCardsWithoutAFailureAreJudged() {
    guards.caps(new Caps(20, 100, 4, 100, 100));
    var guard = guards.open("a");
    var failed = IntStream.range(0, 4).mapToObj(i -> new TestCard("failed-" + i)).toList();
    failed.forEach(one -> guard.judge(one.wrong(1)));

    assertThat(((Refused) guard.judge(failed.getFirst().right(1))).reason())
        .isEqualTo(Reason.BANK_CAPPED);
    assertThat(((Judged) guard.judge(card.right(1))).judgement().verdict())
        .isEqualTo(Verdict.RIGHT);
    assertThat(((Judged) guard.judge(card.wrong(2))).judgement().verdict())
        .isEqualTo(Verdict.WRONG);
    assertThat(((Refused) guard.judge(card.right(2))).reason())
        .as("one guess, not two")
        .isEqualTo(Reason.BANK_CAPPED);
    guards.time.pass(Duration.ofDays(400));
    assertThat(((Refused) guard.judge(failed.getFirst().right(1))).reason())
        .as("no timer lifts it")
        .isEqualTo(Reason.BANK_CAPPED);
  }

  @Test
  void aTripKeepsThoseFromBeingJudgedThatFailedWithinItsWindow() {
    for (var window :
        List.of(
            new Trip(new Caps(20, 100, 4, 100, 100), Duration.ofMinutes(1)),
            new Trip(new Caps(20, 100, 100, 4, 100), Duration.ofHours(1)),
            new Trip(new Caps(20, 100, 100, 100, 4), Duration.ofDays(1)))) {
      try (var some = new TestGuards(database, window.caps())) {
        var guard = some.open("a");
        var before = new TestCard("failed-before");
        var within = new TestCard("failed-within");
        guard.judge(before.wrong(1));
        some.time.pass(window.length().multipliedBy(3));
        guard.judge(within.wrong(1));
        some.time.pass(window.length().minusSeconds(1));
        IntStream.range(0, 3).forEach(i -> guard.judge(new TestCard("failed-" + i).wrong(1)));

        assertThat(((Refused) guard.judge(within.right(1))).reason())
            .as("failed within %s", window.length())
            .isEqualTo(Reason.BANK_CAPPED);
        assertThat(((Judged) guard.judge(before.right(1))).judgement().verdict())
            .as("failed more than %s before", window.length())
            .isEqualTo(Verdict.RIGHT);
      }
    }
  }

  /// A bank-wide cap that is reached by four failures, and its window.
  private record Trip(Caps caps, Duration length) {}

  @Test
  void aClockThatIsSetBackTakesNothingBack() {
    var guard = guards.open("a");
    var first = ((Judged) guard.judge(card.wrong(1))).judgement();
    guards.time.pass(Duration.ofHours(-5));

    var second = ((Judged) guard.judge(card.wrong(1))).judgement();

    assertThat(second.at()).isEqualTo(first.at());
  }

  @Test
  void whatIsFalselySaidOfACardIsWrong() {
    var guard = guards.open("a");

    assertThat(
            ((Judged) guard.judge(card.claimedBy("customer-2", card.right(1))))
                .judgement()
                .verdict())
        .isEqualTo(Verdict.WRONG);
    assertThat(((Judged) guard.judge(card.withTagOf(card.right(1), 2))).judgement().verdict())
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void aChallengeOfAnotherCardIsNoCallOfAServer() {
    var guard = guards.open("a");
    var question = card.right(1);
    guard.judge(question);

    assertThatThrownBy(() -> guard.judge(card.claimedBy("customer-2", question)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFaultOfTheTokenIsNeitherRightNorWrong() {
    var guard = guards.open("a");
    guards.token.beforeVerify.set(FakeJudgeToken.FAULT);

    assertThatThrownBy(() -> guard.judge(card.right(1))).isInstanceOf(GuardUnavailable.class);
    assertThat(guards.rows()).isZero();
  }

  @Test
  void aReceiptThatCouldNotBeSignedIsSignedLater() {
    var guard = guards.open("a");
    var question = card.right(1);
    guards.token.beforeSign.set(FakeJudgeToken.FAULT);
    assertThatThrownBy(() -> guard.judge(question)).isInstanceOf(GuardUnavailable.class);
    guards.token.beforeSign.set(() -> {});

    assertThat(((Judged) guard.judge(question)).receipt()).isPresent();
    assertThat(guards.rows()).isEqualTo(1);
  }

  @Test
  void aSealHasItsOwnTypeAndKeyAndSaysTheGuardsHead() throws Exception {
    var guard = guards.open("a");
    var judged = ((Judged) guard.judge(card.right(1))).judgement();

    var seal =
        SignedJWT.parse(guard.seal(new SealFields(1, "", "0123456789abcdef", 12, TestCard.DIGEST)));

    var key = JWKSet.parse(guard.look(List.of()).sealKeys()).getKeys().getFirst().toECKey();
    assertThat(seal.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(seal.getHeader().getType()).hasToString("karuta-audit-seal+jwt");
    assertThat(
            JWKSet.parse(guard.look(List.of()).receiptKeys())
                .getKeyByKeyId(seal.getHeader().getKeyID()))
        .isNull();
    assertThat(seal.getJWTClaimsSet().getLongClaim("seal")).isEqualTo(1);
    assertThat(seal.getJWTClaimsSet().getIntegerClaim("rows")).isEqualTo(12);
    assertThat(seal.getJWTClaimsSet().getStringClaim("head")).isEqualTo(judged.head().hash());
  }
}
