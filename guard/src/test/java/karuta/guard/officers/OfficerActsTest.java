package karuta.guard.officers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.command.CommandFailed;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.journal.Caps;
import karuta.guard.judged.JudgedCard;
import karuta.guard.judged.JudgedFile;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestOfficers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What officers have done to a journal: exactly that, once, and only if enough of them want it.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class OfficerActsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String[] BUT_CARDS = {"guards", "judgements", "failure_minutes", "trips"};

  @TempDir private Path directory;
  private final TestGuards guards;
  private final TestOfficers officers;
  private final TestCard card = new TestCard("customer-1");
  private final TestCard other = new TestCard("customer-2");
  private final Guard guard;

  OfficerActsTest(TestDatabase database) {
    this.guards = new TestGuards(database, new Caps(3, 5, 100, 100, 100));
    this.officers = new TestOfficers(guards.time);
    this.guard = guards.open("a");
  }

  /// Whatever officers did, the journal holds against itself, also when it is folded later.
  @AfterEach
  void holdAndClose() {
    var broken = guards.broken();
    guards.time.pass(Duration.ofDays(36));
    guards.open("later").judge(new TestCard("customer-later").wrong(1));
    guards.fold();
    var brokenLater = guards.broken();
    var left = guards.rows();
    guards.close();
    assertThat(broken).isEmpty();
    assertThat(brokenLater).isEmpty();
    assertThat(left).isEqualTo(1);
  }

  private OfficerActs acts() {
    return guards.acts("a");
  }

  private ApprovalRequest request(Act... acts) {
    return acts().request(List.of(acts), guards.time.instant().plus(DAY), "a test");
  }

  private Act enabling(TestCard which) {
    return acts().enabling(which.subject(), which.generation()).orElseThrow();
  }

  private String apply(ApprovalRequest request) {
    return apply(request, officers.approve(request, 1, 3));
  }

  private String apply(ApprovalRequest request, List<Approval> approvals) {
    return acts().apply(officers.officers, request, approvals, Optional.empty());
  }

  /// Nothing at all was changed.
  private void refused(ThrowingCallable work, String why) {
    var before = guards.contents();
    assertThatThrownBy(work).isInstanceOf(CommandFailed.class).hasMessageContaining(why);
    assertThat(guards.contents()).isEqualTo(before);
  }

  private void fail(TestCard which, int times) {
    IntStream.range(0, times)
        .forEach(_ -> assertThat(verdict(guard.judge(which.wrong(1)))).isEqualTo(Verdict.WRONG));
  }

  private static Verdict verdict(Reply reply) {
    return ((Judged) reply).judgement().verdict();
  }

  private static Reason reason(Reply reply) {
    return ((Refused) reply).reason();
  }

  /// number, failures, in life and draws of a card.
  private String row(TestCard which) {
    return guards.contents("cards").stream()
        .filter(row -> row.getFirst().equals(which.subject().value()))
        .map(row -> "%s: %s of %s, %s".formatted(row.get(2), row.get(4), row.get(5), row.get(7)))
        .findFirst()
        .orElse("");
  }

  @Test
  void aCappedCardPassesAgainAndNothingElseIsChanged() {
    fail(other, 3);
    fail(card, 3);
    assertThat(reason(guard.judge(card.right(1)))).isEqualTo(Reason.CARD_CAPPED);
    var rest = guards.contents(BUT_CARDS);
    var otherRow = row(other);

    var done = apply(request(enabling(card)));

    assertThat(done)
        .isEqualTo(
            "cards changed: 1, failures charged: 0, guards' chains moved: 0, trips lifted: 0");
    assertThat(guards.contents(BUT_CARDS)).isEqualTo(rest);
    assertThat(row(card)).isEqualTo("3: 0 of 3, ");
    assertThat(row(other)).isEqualTo(otherRow);
    assertThat(verdict(guard.judge(card.right(1)))).isEqualTo(Verdict.RIGHT);
    assertThat(reason(guard.judge(other.right(1)))).isEqualTo(Reason.CARD_CAPPED);
  }

  @Test
  void theFailuresOfALifeAreForgottenOnlyWhereTheyCap() {
    fail(card, 3);
    assertThat(enabling(card).line())
        .isEqualTo(
            "enable card customer-1:1: 3 failures since its last pass become 0, 3 in its life stay");
    apply(request(enabling(card)));
    fail(card, 2);
    assertThat(reason(guard.judge(card.right(1))))
        .as("five in its life")
        .isEqualTo(Reason.CARD_CAPPED);
    assertThat(enabling(card).line())
        .isEqualTo(
            "enable card customer-1:1: 2 failures since its last pass become 0, 5 in its life become 0");

    apply(request(enabling(card)));

    assertThat(row(card)).isEqualTo("5: 0 of 0, ");
    assertThat(verdict(guard.judge(card.right(1)))).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aCardWithoutFailuresHasNothingToEnable() {
    guard.judge(card.right(1));
    assertThat(acts().enabling(card.subject(), card.generation())).isEmpty();
    assertThat(acts().enabling(other.subject(), other.generation())).isEmpty();
  }

  @Test
  void oneRequestEnablesManyCards() {
    var cards = IntStream.range(0, 20).mapToObj(i -> new TestCard("many-" + i)).toList();
    cards.forEach(one -> fail(one, 3));

    var done = apply(request(cards.stream().map(this::enabling).toArray(Act[]::new)));

    assertThat(done).startsWith("cards changed: 20,");
    assertThat(cards)
        .allSatisfy(one -> assertThat(verdict(guard.judge(one.right(1)))).isEqualTo(Verdict.RIGHT));
  }

  @Test
  void anActIsInTheJournalWithWhatWasSignedAndWhatItDid() {
    fail(card, 3);
    var request = request(enabling(card));
    apply(request);

    var act = guards.contents("officer_acts").getFirst();
    assertThat(act.get(0)).isEqualTo("1");
    assertThat(act.get(1)).isEqualTo(request.digest().hex());
    assertThat(act.get(2)).isEqualTo(HexFormat.of().formatHex(request.toBytes()));
    assertThat(act.subList(4, 8)).containsExactly("1", "0", "0", "0");
    assertThat(guards.contents("officer_approvals"))
        .hasSize(2)
        .allMatch(row -> row.get(0).equals("1"));
    assertThat(guards.contents("card_acts").getFirst())
        .startsWith("1", "1", "customer-1", "1", "3")
        .endsWith("0", "3", "3", "3", "");
  }

  @Test
  void oneOfficerIsNotEnough() {
    fail(card, 3);
    var request = request(enabling(card));
    refused(() -> apply(request, officers.approve(request, 2)), "1 of the 2 approvals");
    refused(() -> apply(request, List.of()), "0 of the 2 approvals");
    refused(() -> apply(request, officers.approve(request, 2, 2)), "CN=officer-2");
  }

  @Test
  void whatSomebodyElseApprovesDoesNotCount() {
    fail(card, 3);
    var request = request(enabling(card));
    var strangers = new TestOfficers(guards.time);
    refused(() -> apply(request, strangers.approve(request, 1, 2)), "not by one of the officers");
    var mixed =
        Stream.of(officers.approve(request, 1), strangers.approve(request, 2))
            .flatMap(List::stream)
            .toList();
    refused(() -> apply(request, mixed), "1 of the 2 approvals");
  }

  @Test
  void theApprovalOfAnotherRequestDoesNotCount() {
    fail(card, 3);
    fail(other, 3);
    var request = request(enabling(card));
    var more = request(enabling(card), enabling(other));
    refused(() -> apply(more, officers.approve(request, 1, 2)), "another request");
  }

  @Test
  void aRequestIsOverWhenItSaysSo() {
    fail(card, 3);
    var request = request(enabling(card));
    guards.time.pass(DAY);
    refused(() -> apply(request), "before 2026-01-06T09:00:00Z; have another made");
    guards.time.pass(Duration.ofMillis(-1));
    assertThat(apply(request)).startsWith("cards changed: 1");
  }

  @Test
  void aRequestIsCarriedOutOnceAndInItsTurn() {
    fail(card, 3);
    fail(other, 3);
    var first = request(enabling(card));
    var alsoFirst = request(enabling(other));
    apply(first);

    refused(() -> apply(first), "was carried out before; it is done");
    refused(
        () -> apply(alsoFirst), "number 1, and the next is 2: another was carried out meanwhile");
    var later = numbered(request(enabling(other)), 3);
    refused(() -> apply(later), "number 3, and the next is 2: the journal is another");
    assertThat(apply(request(enabling(other)))).startsWith("cards changed: 1");
  }

  /// As many rows as before, but others: the number alone would not show it.
  @Test
  void aJournalThatWasPutBackAndWentOnIsAnother() {
    fail(card, 3);
    var kept = guards.copy();
    fail(other, 1);
    var heads = guard.look(List.of()).heads();
    var request = request(enabling(card));
    guards.putBack(kept);
    var after = guards.open("a");
    after.judge(other.right(2));

    assertThat(after.look(List.of()).heads().getFirst().sequence())
        .isEqualTo(heads.getFirst().sequence());
    assertThat(after.look(heads).behind()).isTrue();
    refused(() -> apply(request), "it lacks a:4:");
  }

  /// Whoever writes a request by hand writes what they like.
  @Test
  void aRequestThatEndsLaterThanAnyCanIsRefused() {
    fail(card, 3);
    var latest = guards.time.instant().plus(DAY.multipliedBy(7));
    var far = acts().request(List.of(enabling(card)), latest.plusSeconds(1), "a test");
    refused(() -> apply(far), "and none is for more than 168 hours; have another made");
    apply(acts().request(List.of(enabling(card)), latest, "a test"));
  }

  private static ApprovalRequest numbered(ApprovalRequest request, long number) {
    return new ApprovalRequest(
        request.addressee(),
        number,
        request.expires(),
        request.reason(),
        request.state(),
        request.actions());
  }

  @Test
  void aRequestForAnotherGuardIsNotOurs() {
    fail(card, 3);
    var request =
        guards
            .acts("b")
            .request(List.of(enabling(card)), guards.time.instant().plus(DAY), "a test");
    refused(() -> apply(request), "for guard b, and this is guard a");
  }

  @Test
  void whatAGuardDoesNotKnowIsNotDone() {
    fail(card, 3);
    var known = request(enabling(card));
    var unknown =
        new ApprovalRequest(
            known.addressee(),
            1,
            known.expires(),
            known.reason(),
            known.state(),
            List.of(known.actions().getFirst(), "enable all cards"));
    refused(() -> apply(unknown), "does not know how to: enable all cards");
  }

  @Test
  void aCardThatHasFailedSinceIsNotEnabledNorAnyOtherOfTheRequest() {
    fail(other, 3);
    fail(card, 2);
    var request = request(enabling(other), enabling(card));
    fail(card, 1);
    refused(() -> apply(request), "something else now than: enable card customer-1:1: 2 failures");
  }

  @Test
  void aGuardMayJudgeOnBetweenRequestAndAct() {
    fail(card, 3);
    var request = request(enabling(card));
    IntStream.range(1, 5).forEach(draw -> guard.judge(other.right(draw)));
    guards.open("b").judge(other.right(9));
    assertThat(apply(request)).startsWith("cards changed: 1");
  }

  @Test
  void anOlderJournalIsNotTheOneOfTheRequest() {
    fail(card, 3);
    var kept = guards.copy();
    guard.judge(other.right(1));
    var request = request(enabling(card));
    guards.putBack(kept);
    refused(() -> apply(request), "it lacks a:4:");
  }

  @Test
  void aJournalThatLacksOneOfItsChainsIsNotTheOneOfTheRequest() {
    fail(card, 3);
    var kept = guards.copy();
    guards.open("b").judge(other.right(1));
    var request = request(enabling(card));
    guards.putBack(kept);
    refused(() -> apply(request), "it lacks b:1:");
  }

  @Test
  void ofTwoWhoCarryOutTheSameOneDoes() throws Exception {
    fail(card, 3);
    var request = request(enabling(card));
    var approvals = officers.approve(request, 1, 2);
    try (var two = Executors.newFixedThreadPool(2)) {
      var done =
          two.invokeAll(List.of(() -> apply(request, approvals), () -> apply(request, approvals)));
      assertThat(done)
          .extracting(one -> one.state())
          .containsExactlyInAnyOrder(Future.State.SUCCESS, Future.State.FAILED);
    }
    assertThat(guards.contents("officer_acts")).hasSize(1);
    assertThat(guards.contents("card_acts")).hasSize(1);
  }

  /// The judging holds the card, so the act finds the failure that was not there when it was asked for.
  @Test
  void anActThatMeetsAJudgementUnderWayWaitsForItsEnd() throws Exception {
    fail(card, 2);
    var request = request(enabling(card));
    var acting = new CompletableFuture<String>();
    guards.time.whenAsked.set(
        () ->
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        acting.complete(apply(request));
                      } catch (RuntimeException e) {
                        acting.completeExceptionally(e);
                      }
                    }));

    guard.judge(card.wrong(1));

    assertThatThrownBy(acting::get).hasRootCauseInstanceOf(CommandFailed.class);
    assertThat(row(card)).isEqualTo("3: 3 of 3, ");
  }

  @Test
  void noFailureIsLostBetweenGuessesAndActsAtTheSameTime() throws Exception {
    guards.caps(new Caps(100, 100, 1_000, 1_000, 1_000));
    var many = guards.open("c");
    try (var guessers = Executors.newFixedThreadPool(4)) {
      var guesses =
          IntStream.range(0, 40)
              .mapToObj(_ -> guessers.submit(() -> many.judge(card.wrong(1))))
              .toList();
      var enabled = 0;
      while (enabled < 5 && !guesses.stream().allMatch(Future::isDone)) {
        try {
          var act = acts().enabling(card.subject(), card.generation());
          if (act.isPresent()) {
            apply(request(act.get()));
            enabled++;
          }
        } catch (CommandFailed meanwhileFailedAgain) {
          assertThat(meanwhileFailedAgain).hasMessageContaining("something else now");
        }
      }
      for (var guess : guesses) {
        assertThat(verdict(guess.get())).isEqualTo(Verdict.WRONG);
      }
    }
    var last =
        guards.contents("card_acts").stream()
            .mapToInt(row -> Integer.parseInt(row.get(4)))
            .max()
            .orElse(0);
    assertThat(row(card)).isEqualTo("40: %d of 40, ".formatted(40 - last));
  }

  // the trip

  private List<TestCard> trip() {
    guards.caps(new Caps(20, 100, 4, 100, 100));
    var tripped = guards.open("t");
    var failed = IntStream.range(0, 4).mapToObj(i -> new TestCard("failed-" + i)).toList();
    failed.forEach(one -> tripped.judge(one.wrong(1)));
    assertThat(reason(tripped.judge(failed.getFirst().right(1)))).isEqualTo(Reason.BANK_CAPPED);
    return failed;
  }

  @Test
  void aLiftedTripHoldsNoCardAndTheNextOneTakesAsManyFailures() {
    var failed = trip();
    var rest = guards.contents("cards", "judgements", "guards", "failure_minutes");

    var done = apply(request(acts().lifting().orElseThrow()));

    assertThat(done).endsWith("trips lifted: 1");
    assertThat(guards.contents("cards", "judgements", "guards", "failure_minutes")).isEqualTo(rest);
    var tripped = guards.open("u");
    assertThat(verdict(tripped.judge(failed.getFirst().right(1)))).isEqualTo(Verdict.RIGHT);
    failed.subList(1, 4).forEach(one -> tripped.judge(one.wrong(1)));
    assertThat(acts().lifting()).as("three failures").isEmpty();
    tripped.judge(failed.get(1).wrong(1));
    assertThat(acts().lifting()).get().asString().contains("number=2");
    assertThat(reason(tripped.judge(failed.get(2).right(2)))).isEqualTo(Reason.BANK_CAPPED);
  }

  @Test
  void failuresOfEarlierMinutesAreNotCountedAfterALift() {
    guards.caps(new Caps(20, 100, 100, 100, 6));
    var slow = guards.open("s");
    var cards = IntStream.range(0, 6).mapToObj(i -> new TestCard("slow-" + i)).toList();
    cards.forEach(
        one -> {
          slow.judge(one.wrong(1));
          guards.time.pass(Duration.ofMinutes(10));
        });
    assertThat(acts().lifting()).isPresent();

    apply(request(acts().lifting().orElseThrow()));

    cards.subList(0, 5).forEach(one -> slow.judge(one.wrong(1)));
    assertThat(acts().lifting()).as("five since").isEmpty();
    slow.judge(cards.getLast().wrong(1));
    assertThat(acts().lifting()).isPresent();
  }

  @Test
  void aTripOnAClockThatWasSetBackIsLiftedAsWell() {
    trip();
    guards.time.pass(Duration.ofHours(-5));
    apply(request(acts().lifting().orElseThrow()));

    guards.open("t").judge(card.wrong(1));

    assertThat(acts().lifting()).as("one failure").isEmpty();
  }

  @Test
  void aTripIsLiftedOnceAndNotTheNextOneInItsPlace() {
    var failed = trip();
    var lifting = acts().lifting().orElseThrow();
    apply(request(lifting));
    refused(() -> apply(request(lifting)), "something else now than: lift trip 1");
    var tripped = guards.open("v");
    failed.forEach(one -> tripped.judge(one.wrong(1)));
    assertThat(acts().lifting()).isPresent();
    refused(() -> apply(request(lifting)), "something else now than: lift trip 1");
  }

  @Test
  void withoutATripThereIsNothingToLift() {
    assertThat(acts().lifting()).isEmpty();
  }

  // a journal that was put back, or lost

  /// What a server has settled.
  private Path judged(List<ChainHead> heads, JudgedCard... cards) {
    try {
      var file = directory.resolve("judged-" + guards.contents("officer_acts").size());
      try (var out = Files.newOutputStream(file)) {
        var writer = new JudgedFile.Writer(out, heads);
        for (var one : cards) {
          writer.add(one);
        }
        writer.end();
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JudgedCard settled(TestCard which, Head head, int wrong, int life, int... used) {
    var draws = new BitSet();
    IntStream.of(used).forEach(draws::set);
    return new JudgedCard(which.subject(), which.generation(), head, wrong, life, draws);
  }

  private static JudgedFile.Summary summary(Path file) {
    try (var in = Files.newInputStream(file)) {
      return JudgedFile.read(in, _ -> {}, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ApprovalRequest rebuilding(Path file, boolean asCounted) {
    var summary = summary(file);
    return request(new Act.Rebuild(summary.cards(), summary.digest(), asCounted));
  }

  private String rebuild(Path file, boolean asCounted) {
    return rebuild(file, rebuilding(file, asCounted));
  }

  private String rebuild(Path file, ApprovalRequest request) {
    return acts()
        .apply(officers.officers, request, officers.approve(request, 1, 2), Optional.of(file));
  }

  private static Judgement judgement(Reply reply) {
    return ((Judged) reply).judgement();
  }

  @Test
  void aCardWhoseJournalWasPutBackIsJudgedAgainAndItsDrawsStaySpent() {
    guard.judge(card.right(1));
    guard.judge(other.right(1));
    var kept = guards.copy();
    guard.judge(card.wrong(2));
    var told = judgement(guard.judge(card.right(2)));
    var heads = guard.look(List.of()).heads();
    guards.putBack(kept);
    var after = guards.open("a");
    assertThat(reason(after.judge(card.showing(card.right(3), told.head()))))
        .isEqualTo(Reason.BEHIND);
    assertThat(after.look(heads).behind()).isTrue();
    var others = row(other);

    var done = rebuild(judged(heads, settled(card, told.head(), 0, 1, 1, 2)), false);

    assertThat(done)
        .isEqualTo(
            "cards changed: 1, failures charged: 2, guards' chains moved: 1, trips lifted: 0");
    assertThat(row(card)).isEqualTo("3: 2 of 2, 06");
    assertThat(row(other)).isEqualTo(others);
    var again = guards.open("a");
    assertThat(again.look(heads).behind()).isFalse();
    assertThat(reason(again.judge(card.showing(card.right(2), told.head()))))
        .isEqualTo(Reason.SPENT);
    var next = (Judged) again.judge(card.showing(card.right(3), told.head()));
    assertThat(next.judgement().verdict()).isEqualTo(Verdict.RIGHT);
    assertThat(next.judgement().head().number()).isEqualTo(4);
    assertThat(next.judgement().sequence()).as("no number is given twice").isEqualTo(5);
    assertThat(next.unseen()).containsExactly(next.judgement());
    assertThat(verdict(again.judge(card.showing(card.right(4), told.head()))))
        .as("a server whose reply was lost still shows the head that was approved")
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aRunningGuardSaysThatItsChainWasMovedAndJudgesNothingUntilItIsStartedAgain() {
    guard.judge(card.right(1));
    var kept = guards.copy();
    var told = judgement(guard.judge(card.right(2)));
    var heads = guard.look(List.of()).heads();
    guard.judge(other.right(1));
    guards.putBack(kept);
    rebuild(judged(heads, settled(card, told.head(), 0, 0, 1, 2)), false);

    assertThatThrownBy(() -> guard.judge(card.right(3))).hasMessageContaining("journal");
    assertThat(guards.open("a").judge(card.right(3))).isInstanceOf(Judged.class);
  }

  @Test
  void aJournalThatIsLostIsMadeAnewFromWhatTheServerKnows() {
    var empty = guards.copy();
    guard.judge(card.right(1));
    var one = judgement(guard.judge(card.wrong(2)));
    guard.judge(other.right(7));
    var two = judgement(guard.judge(other.right(8)));
    var heads = guard.look(List.of()).heads();
    guards.putBack(empty);

    var done =
        rebuild(
            judged(
                heads, settled(card, one.head(), 1, 1, 1), settled(other, two.head(), 0, 0, 7, 8)),
            true);

    assertThat(done)
        .isEqualTo(
            "cards changed: 2, failures charged: 1, guards' chains moved: 1, trips lifted: 0");
    assertThat(row(card)).isEqualTo("2: 1 of 1, 02");
    assertThat(row(other)).isEqualTo("2: 0 of 0, 8001");
    var anew = guards.open("a-2");
    assertThat(anew.look(heads).behind()).isFalse();
    assertThat(reason(anew.judge(other.showing(other.right(8), two.head()))))
        .isEqualTo(Reason.SPENT);
    assertThat(verdict(anew.judge(card.showing(card.right(2), one.head()))))
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void everyMissingJudgementIsAFailureUnlessOfficersTakeTheServersCount() {
    var empty = guards.copy();
    guard.judge(card.right(1));
    guard.judge(card.right(2));
    guard.judge(card.right(3));
    var told = judgement(guard.judge(card.right(4)));
    guards.putBack(empty);
    var file = judged(List.of(), settled(card, told.head(), 0, 0, 1, 2, 3, 4));

    rebuild(file, false);

    assertThat(row(card)).isEqualTo("4: 4 of 4, 1e");
    var again = guards.open("a");
    assertThat(reason(again.judge(card.showing(card.right(5), told.head()))))
        .isEqualTo(Reason.CARD_CAPPED);
    apply(request(enabling(card)));
    assertThat(verdict(again.judge(card.showing(card.right(5), told.head()))))
        .isEqualTo(Verdict.RIGHT);

    guards.putBack(empty);
    rebuild(file, true);
    assertThat(row(card)).isEqualTo("4: 0 of 0, 1e");
  }

  @Test
  void aChargedCardHasFailedNow() {
    var empty = guards.copy();
    var told = judgement(guard.judge(card.right(1)));
    guards.putBack(empty);
    var failed = trip();
    rebuild(judged(List.of(), settled(card, told.head(), 0, 0, 1)), false);
    assertThat(failed).isNotEmpty();
    assertThat(reason(guards.open("t").judge(card.showing(card.right(2), told.head()))))
        .isEqualTo(Reason.BANK_CAPPED);
  }

  @Test
  void nothingIsLoweredWhateverTheServerSays() {
    guard.judge(card.right(9));
    fail(card, 2);
    var told = judgement(guard.judge(other.wrong(1)));
    var before = guards.contents("cards", "guards");
    var known = guard.look(List.of()).heads();

    var done =
        rebuild(
            judged(
                List.of(new ChainHead("a", 1, known.getFirst().hash().replace('a', 'b'))),
                settled(card, head(guards, card, 2), 0, 0),
                settled(other, told.head(), 0, 0)),
            true);

    assertThat(done).startsWith("cards changed: 0, failures charged: 0");
    assertThat(guards.contents("cards", "guards")).isEqualTo(before);
  }

  /// The place of a card's judgement, as its row has it.
  private static Head head(TestGuards guards, TestCard which, int number) {
    return guards.contents("judgements").stream()
        .filter(row -> row.get(3).equals(which.subject().value()))
        .filter(row -> row.get(5).equals(Integer.toString(number)))
        .map(row -> new Head(number, row.get(13)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereJournalAndStoreHavePartedTheJournalsNumberStaysAndAllThatTheStoreHasIsCharged() {
    var empty = guards.copy();
    guard.judge(card.right(1));
    var told = judgement(guard.judge(card.right(2)));
    guards.putBack(empty);
    var again = guards.open("a");
    IntStream.of(3, 4, 5).forEach(draw -> again.judge(card.right(draw)));
    var head = head(guards, card, 3);
    assertThat(reason(again.judge(card.showing(card.right(6), told.head()))))
        .isEqualTo(Reason.BEHIND);

    rebuild(judged(List.of(), settled(card, told.head(), 0, 0, 1, 2)), false);

    assertThat(row(card)).isEqualTo("3: 2 of 2, 3e");
    var next = (Judged) again.judge(card.showing(card.right(6), told.head()));
    assertThat(next.judgement().head().number()).isEqualTo(4);
    assertThat(next.unseen()).as("and the server is shown what it does not know").hasSize(2);
    assertThat(again.judge(card.showing(card.right(7), head))).isInstanceOf(Judged.class);
  }

  @Test
  void anotherFileThanTheOneThatWasSignedIsNotTaken() {
    var empty = guards.copy();
    var told = judgement(guard.judge(card.wrong(1)));
    guards.putBack(empty);
    var signed = judged(List.of(), settled(card, told.head(), 1, 1));
    var request = rebuilding(signed, false);
    var forged = judged(List.of(), settled(card, told.head(), 0, 0));
    refused(() -> rebuild(forged, request), "is another: its digest is");
    refused(() -> apply(request), "is about a file of judged cards; give it");
  }

  @Test
  void aDamagedFileChangesNothing() throws Exception {
    var empty = guards.copy();
    var told = judgement(guard.judge(card.wrong(1)));
    guards.putBack(empty);
    var file = judged(List.of(), settled(card, told.head(), 1, 1));
    var request = rebuilding(file, false);
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    refused(() -> rebuild(file, request), "damaged");
  }

  @Test
  void aGuardWhoseTokenRemembersMoreGoesOnFromThereOnceOfficersAcceptIt() {
    guard.judge(card.right(1));
    var lost = new ChainHead("a", 10_001, "t".repeat(43));
    var journal = guards.journal("a");
    assertThat(journal.has(lost.hash(), 1, 10_001)).isFalse();

    var done = apply(request(new Act.AcceptHead(lost)));

    assertThat(done).contains("guards' chains moved: 1");
    assertThat(journal.has(lost.hash(), 1, 10_001)).isTrue();
    assertThat(journal.has("u" + lost.hash().substring(1), 1, 10_001)).isFalse();
    assertThat(judgement(guards.open("a").judge(card.right(2))).sequence()).isEqualTo(10_002);
  }

  @Test
  void everyActIsReadAsItIsWritten() {
    var heads = new ArrayList<Act>();
    heads.add(new Act.AcceptHead(new ChainHead("a", 1, "h".repeat(43))));
    heads.add(new Act.LiftTrip(7, Caps.Window.HOUR, guards.time.instant()));
    heads.add(new Act.Rebuild(3_000_000, "0".repeat(64), true));
    heads.add(new Act.Rebuild(0, "0".repeat(64), false));
    heads.add(new Act.EnableCard(new Subject("a:b"), new Generation(65_535), 1, 100, true));
    assertThat(heads).allSatisfy(act -> assertThat(Act.parse(act.line())).isEqualTo(act));
    for (var line :
        List.of(
            "",
            "enable card a:1",
            "enable card a:1: 01 failures since its last pass become 0, 1 in its life stay",
            "lift trip 1, which the cap of HOUR raised at 2026-01-05T09:00:00Z",
            "lift trip 1, which the cap of hour raised at 2026-01-05T09:00Z",
            "lift trip 1, which the cap of year raised at 2026-01-05T09:00:00Z",
            "lift trip 1, which the cap of hour raised at once")) {
      assertThatThrownBy(() -> Act.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
