package karuta.guard.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.InvariantBroken;
import karuta.database.testing.TableCopy;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.client.SealFields;
import karuta.guard.journal.Caps;
import karuta.guard.journal.Journal;
import karuta.guard.sign.Signing;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestOfficers;
import karuta.guard.token.JudgeToken.Use;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal of two guards and three cards, of which the first nine rows are old. Two cards are enabled by officers,
/// one among the old rows.
///
/// | guard | 1 | 2 | 3 | 4 | 5 | 6 | 7, young | 8, young |
/// |---|---|---|---|---|---|---|---|---|
/// | a | 1 wrong | 1 wrong | 1 right | 2 wrong | 1 wrong | 3 closed | 1 wrong | 1 right |
/// | b | 2 right | 1 wrong | 3 step-up right | 3 wrong, young | | | | |
@ParameterizedClass
@EnumSource(TestDatabase.class)
class FoldingTest {
  private static final int OLD = 9;
  private static final Duration AGE = FoldPlan.SHORTEST;
  private static final String[] JUDGED = {
    "guards", "cards", "failure_minutes", "trips", "officer_acts", "card_acts", "chain_acts"
  };

  private final TestGuards guards;
  private final Database raw;
  private final TestOfficers officers;
  private final TestCard one = new TestCard("customer-1");
  private final TestCard two = new TestCard("customer-2");
  private final TestCard three = new TestCard("customer-3");
  private Guard a;
  private Guard b;
  private Question oldWrong;
  private Question oldRight;

  FoldingTest(TestDatabase database) {
    DatabaseSettings settings = database.fresh(Journal.TABLES);
    this.guards = new TestGuards(settings, Caps.standard());
    this.raw = Database.open(settings, Journal.TABLES);
    this.officers = new TestOfficers(guards.time);
  }

  @BeforeEach
  void judge() {
    a = guards.open("a");
    b = guards.open("b");
    oldWrong = one.wrong(4);
    oldRight = one.right(1, 9);
    a.judge(oldWrong);
    a.judge(one.wrong(1));
    a.judge(oldRight);
    guards.time.pass(Duration.ofMinutes(3));
    a.judge(two.wrong(1));
    enable(two);
    b.judge(two.right(1));
    b.judge(one.wrong(2));
    a.judge(one.wrong(2));
    a.recall(three.recall(three.right(1)));
    b.judge(three.right(1, 2));
    guards.time.pass(Duration.ofDays(36));
    enable(one);
    a.judge(one.wrong(3));
    a.judge(one.right(3));
    b.judge(three.wrong(3));
  }

  private void enable(TestCard card) {
    var acts = guards.acts("a");
    var request =
        acts.request(
            List.of(acts.enabling(card.subject(), card.generation()).orElseThrow()),
            guards.time.instant().plus(Duration.ofDays(1)),
            "a test");
    acts.apply(officers.officers, request, officers.approve(request, 1, 2), Optional.empty());
  }

  @AfterEach
  void close() {
    raw.close();
    guards.close();
  }

  private Folding folding(int together) {
    return new Folding(raw, guards.signing(), "test bank", guards.time, together);
  }

  private FoldPlan plan() {
    return folding(1).plan(AGE, 0, Optional.empty());
  }

  private long fold(int together) {
    return fold(together, _ -> {});
  }

  private long fold(int together, Consumer<FoldStep> done) {
    return folding(together).fold(plan(), done);
  }

  private List<String> broken(ChainHead... known) {
    return JournalCheck.of(raw, List.of(known), Folding.keys(guards.signing())).broken();
  }

  private void change(String text) {
    assertThat(raw.<Integer>change(sql -> sql.change(text)))
        .as("rows that were changed")
        .isPositive();
  }

  private Head head(TestCard card) {
    return raw.reading(
        sql ->
            sql.row(
                    row -> new Head(row.getLong("number"), row.getString("hash")),
                    "SELECT number, hash FROM cards WHERE subject = ?",
                    card.subject().value())
                .orElseThrow());
  }

  private List<ChainHead> heads() {
    return a.look(List.of()).heads();
  }

  private static Reason reason(Reply reply) {
    return ((Refused) reply).reason();
  }

  /// Each step is whole: whoever is stopped behind one leaves a journal that holds.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 500})
  void whatIsFoldedCountsAsBefore(int together) {
    var counted = guards.contents(JUDGED);

    var folded =
        fold(
            together,
            _ -> {
              assertThat(broken()).isEmpty();
              assertThat(guards.contents(JUDGED)).isEqualTo(counted);
            });

    assertThat(folded).isEqualTo(OLD);
    assertThat(guards.rows()).isEqualTo(3);
    assertThat(broken(heads().toArray(ChainHead[]::new))).isEmpty();
    assertThat(fold(together)).isZero();
    var report = JournalCheck.of(raw, List.of(), Folding.keys(guards.signing()));
    assertThat(report.checkpoint().rows()).isEqualTo(OLD);
    assertThat(report.checkpoint().cards()).isEqualTo(3);
    assertThat(report.rows()).isEqualTo(3);
  }

  @Test
  void theStepsMakeNoDifferenceToWhatIsLeft() {
    var before = guards.copy();
    var left = new HashSet<List<List<String>>>();
    for (var together : List.of(1, 2, 500)) {
      guards.putBack(before);
      fold(together);
      left.add(guards.contents("folded_cards", "folded_chains", "judgements"));
    }
    assertThat(left).hasSize(1);
  }

  /// Two guards, whose rows of one card follow each other: no order of them leaves a card without the row before.
  @Test
  void aCardsRowsAreFoldedInTheirOrder() {
    var taken = new ArrayList<String>();
    fold(1, step -> taken.add(step.chain().guard() + step.chain().sequence()));
    assertThat(taken).hasSize(OLD).containsSubsequence("b2", "a5").containsSubsequence("a4", "b1");
  }

  @Test
  void judgingGoesOnMeanwhile() {
    var other = new TestCard("customer-4");
    fold(
        1,
        step -> {
          a.judge(one.wrong(10));
          b.judge(three.right(10 + step.rows() + guards.rows()));
          assertThat(((Judged) a.judge(other.wrong(1))).judgement().verdict())
              .isEqualTo(Verdict.WRONG);
          assertThat(broken()).isEmpty();
        });
    guards.time.pass(Duration.ofDays(36));
    a.judge(other.wrong(1));
    assertThat(fold(4)).isPositive();
    assertThat(broken()).isEmpty();
    assertThat(guards.rows()).isEqualTo(1);
  }

  @Test
  void aFoldedChallengeThatIsAskedAgainPassesNoDrawTwiceAndIsCountedAsAnother() {
    fold(500);
    var shown = head(one);
    assertThat(reason(a.judge(one.showing(oldRight, shown)))).isEqualTo(Reason.SPENT);
    var failures = guards.failures(one);
    var again = (Judged) a.judge(one.showing(oldWrong, shown));
    assertThat(again.judgement().verdict()).isEqualTo(Verdict.WRONG);
    assertThat(guards.failures(one)).isEqualTo(failures + 1);
    assertThat(broken()).isEmpty();
  }

  /// The look in the commit refuses it; the one before the token was asked found no fold yet.
  @Test
  void foldedWhileAnotherAnswerIsVerified() {
    var asked = one.wrong(5);
    guards.afterVerify.set(() -> fold(500));

    var reply = b.judge(one.showing(asked, Head.NONE));

    guards.afterVerify.set(() -> {});
    assertThat(reason(reply)).isEqualTo(Reason.FOLDED);
    assertThat(guards.rows()).isEqualTo(3);
  }

  /// Whether it answers right or wrong, or asks what became of a challenge: it hears the same, and nothing is recorded.
  @Test
  void aStoreFromBeforeTheFoldIsToldThatItIsOld() {
    var old = ((Judged) a.recall(one.recall(one.showing(oldWrong, Head.NONE)))).judgement().head();
    fold(500);
    var before = guards.contents();
    for (var shown : List.of(old, Head.NONE)) {
      assertThat(reason(a.judge(one.showing(one.wrong(5), shown)))).isEqualTo(Reason.FOLDED);
      assertThat(reason(b.judge(one.showing(one.right(5), shown)))).isEqualTo(Reason.FOLDED);
      assertThat(reason(a.judge(one.showing(oldWrong, shown)))).isEqualTo(Reason.FOLDED);
      assertThat(reason(a.recall(one.recall(one.showing(oldWrong, shown)))))
          .isEqualTo(Reason.FOLDED);
    }
    assertThat(guards.contents()).isEqualTo(before);
  }

  @Test
  void aStoreFromWhereTheRowsBeginIsToldAllThatFollows() {
    fold(500);
    var base = raw.reading(sql -> Base.find(sql, one.subject(), one.generation())).orElseThrow();
    var shown = base.card().head();
    assertThat(shown.number()).isEqualTo(5);

    var reply = (Judged) a.judge(one.showing(one.right(7), shown));

    assertThat(reply.unseen())
        .extracting(judgement -> judgement.head().number())
        .containsExactly(6L, 7L, 8L);
    var forked = new Head(5, "A".repeat(43));
    assertThat(reason(a.judge(one.showing(one.right(8), forked)))).isEqualTo(Reason.BEHIND);
    var further = new Head(6, "A".repeat(43));
    assertThat(reason(a.judge(one.showing(one.right(8), further)))).isEqualTo(Reason.BEHIND);
  }

  /// A server that was put back remembers heads from before the fold. That is no sign of an old journal.
  @Test
  void anOldHeadOfAServerIsNoSignOfAnOldJournal() {
    var early = new ChainHead("a", 2, "A".repeat(43));
    assertThat(a.look(List.of(early)).behind()).isTrue();
    var begin =
        raw.reading(
            sql ->
                sql.row(
                        row -> new ChainHead("a", row.getLong("sequence"), row.getString("hash")),
                        "SELECT sequence, hash FROM judgements WHERE guard = 'a' AND sequence = 6")
                    .orElseThrow());
    fold(500);

    assertThat(a.look(List.of(early)).behind()).isFalse();
    assertThat(a.look(List.of(begin)).behind()).isFalse();
    assertThat(a.look(heads()).behind()).isFalse();
    assertThat(a.look(List.of(new ChainHead("a", 6, "A".repeat(43)))).behind()).isTrue();
    assertThat(a.look(List.of(new ChainHead("a", 9, "A".repeat(43)))).behind()).isTrue();
    assertThat(a.look(List.of(new ChainHead("c", 1, "A".repeat(43)))).behind()).isTrue();
    assertThat(broken(early, begin)).isEmpty();
    assertThat(JournalCheck.of(raw, List.of(early), Folding.keys(guards.signing())).folded())
        .containsExactly(early);
    assertThat(broken(new ChainHead("a", 6, "A".repeat(43)))).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          UPDATE folded_cards SET failures = failures + 1 WHERE subject = 'customer-1'                     | the bases of the cards are not those that the checkpoint is about
          UPDATE folded_cards SET failures_in_life = failures_in_life + 1 WHERE subject = 'customer-1'     | the bases of the cards are not those
          UPDATE folded_cards SET failed_at = failed_at + 1 WHERE subject = 'customer-1'                   | the bases of the cards are not those
          UPDATE folded_cards SET number = number + 1 WHERE subject = 'customer-1'                         | the bases of the cards are not those
          UPDATE folded_cards SET hash = (SELECT hash FROM folded_cards WHERE subject = 'customer-2') WHERE subject = 'customer-1' | the bases of the cards are not those
          UPDATE folded_cards SET act = act + 1 WHERE subject = 'customer-2'                               | the bases of the cards are not those
          UPDATE folded_cards SET step = step + 1 WHERE subject = 'customer-2'                             | the bases of the cards are not those
          UPDATE folded_cards SET spent_draws = (SELECT spent_draws FROM folded_cards WHERE subject = 'customer-2') WHERE subject = 'customer-1' | the bases of the cards are not those
          UPDATE folded_cards SET generation = 2 WHERE subject = 'customer-3'                              | the bases of the cards are not those
          UPDATE folded_cards SET hash = '!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!' WHERE subject = 'customer-3' | the bases of the cards are not those
          DELETE FROM folded_cards WHERE subject = 'customer-2'                                            | the bases of the cards are not those
          DELETE FROM folded_cards WHERE subject = 'customer-2'                                            | card of customer-2, generation 1: an act of officers does not follow on its rows
          DELETE FROM folded_cards                                                                         | the bases of the cards are not those
          DELETE FROM cards WHERE subject = 'customer-2'                                                   | 2 cards have a base, and 3 a checkpoint
          UPDATE cards SET failures = 0, failures_in_life = 0 WHERE subject = 'customer-1'                 | what it counts is not what its rows say: failures in its life 0 and not 5
          UPDATE cards SET spent_draws = (SELECT spent_draws FROM folded_cards WHERE subject = 'customer-3') WHERE subject = 'customer-2' | spent draws
          DELETE FROM checkpoints                                                                          | the rows of the guards do not begin where the checkpoint says
          DELETE FROM checkpoints                                                                          | guard a: the rows after 0 up to 7 are missing
          UPDATE checkpoints SET number = number + 1                                                       | the checkpoint is not one that was signed
          UPDATE checkpoints SET signed = replace(signed, '.', '.e')                                       | the checkpoint is not one that was signed
          UPDATE checkpoints SET signed = ''                                                               | the checkpoint is not one that was signed
          UPDATE folded_chains SET sequence = 5 WHERE guard = 'a'                                          | the rows of the guards do not begin where the checkpoint says
          UPDATE folded_chains SET judged_at = 0 WHERE guard = 'b'                                         | the rows of the guards do not begin where the checkpoint says
          UPDATE folded_chains SET hash = '!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!'                   | the rows of the guards do not begin where the checkpoint says
          DELETE FROM folded_chains WHERE guard = 'b'                                                      | the rows of the guards do not begin where the checkpoint says
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 7                                        | guard a: the rows after 6 up to 8 are missing
          UPDATE judgements SET audience = 'elsewhere' WHERE guard = 'a' AND sequence = 7                  | guard a: row 7 is not the one that was written
          DELETE FROM judgements WHERE guard = 'b'                                                         | guard b: its rows end at 3, and its head is another one, at 4
          UPDATE judgements SET sequence = 3 WHERE guard = 'a' AND sequence = 7                            | guard a: it has rows up to 6, where they were folded
          DELETE FROM failure_minutes                                                                      | the failures of all cards together
          """)
  void whateverWasDoneToItIsFound(String done, String said) {
    fold(2);
    assertThat(broken()).isEmpty();
    change(done);
    assertThat(broken()).anySatisfy(what -> assertThat(what).contains(said));
  }

  @Test
  void aFlippedBitOfTheSumsIsFoundAndNothingMoreIsFolded() {
    fold(2);
    raw.change(
        sql -> {
          var sums =
              sql.row(row -> row.getBytes("sums"), "SELECT sums FROM checkpoints").orElseThrow();
          sums[2_000] ^= 1;
          sql.changeOne("UPDATE checkpoints SET sums = ?", (Object) sums);
          return 0;
        });
    assertThat(broken())
        .containsExactly("the sums beside the checkpoint are not those that it is about");
    refusedToFold("the checkpoint is not one that was signed");
  }

  private void refusedToFold(String why) {
    guards.time.pass(Duration.ofDays(36));
    a.judge(new TestCard("customer-5").wrong(1));
    var before = guards.contents();
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> fold(500))
        .withMessageContaining(why)
        .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.INTEGRITY));
    assertThat(guards.contents()).isEqualTo(before);
  }

  /// The rows that it lacks are gone.
  @Test
  void anOldCheckpointThatIsPutBackIsFound() {
    var kept = new ArrayList<TableCopy>();
    fold(
        4,
        _ -> kept.add(TableCopy.of(raw, List.of("folded_cards", "folded_chains", "checkpoints"))));
    assertThat(broken()).isEmpty();
    assertThat(kept).hasSizeGreaterThan(2);
    for (var old : kept.subList(0, kept.size() - 1)) {
      old.putBack(raw);
      assertThat(broken()).anySatisfy(what -> assertThat(what).contains("are missing"));
    }
    kept.getLast().putBack(raw);
    assertThat(broken()).isEmpty();

    kept.getFirst().putBack(raw);
    guards.time.pass(Duration.ofDays(36));
    a.judge(new TestCard("customer-5").wrong(1));
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> fold(500))
        .withMessageContaining("is not the one that was written")
        .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.INTEGRITY));
    assertThat(broken()).anySatisfy(what -> assertThat(what).contains("are missing"));
  }

  @Test
  void theCheckpointOfAnotherJournalIsFound() {
    fold(500);
    var stored = raw.reading(CheckpointTable::last).orElseThrow();
    var signed = Checkpoint.verified(stored.signed(), Folding.keys(guards.signing())).orElseThrow();
    var other =
        new Checkpoint(
            signed.number(),
            signed.previous(),
            signed.before(),
            signed.rows() + 1,
            signed.cards(),
            new SetDigest().value(),
            signed.chains());

    exchange(guards.signing(), other);

    assertThat(broken())
        .contains(
            "the sums beside the checkpoint are not those that it is about",
            "the bases of the cards are not those that the checkpoint is about");
  }

  private void exchange(Signing signing, Checkpoint other) {
    exchange(
        signing.sign(Use.SEAL, Checkpoint.TYPE, other.claims("test bank", guards.time.instant())));
  }

  private void exchange(String signed) {
    assertThat(raw.<Integer>change(sql -> sql.change("UPDATE checkpoints SET signed = ?", signed)))
        .isEqualTo(1);
  }

  /// What a server can have signed, what the receipt key signs, and what another token signs: none is a checkpoint.
  @Test
  void onlyTheTokensOwnSignatureOverACheckpointIsOne() {
    fold(500);
    var stored = raw.reading(CheckpointTable::last).orElseThrow();
    var keys = Folding.keys(guards.signing());
    var signed = Checkpoint.verified(stored.signed(), keys).orElseThrow();
    var claims = signed.claims("test bank", guards.time.instant());
    exchange(guards.signing(), signed);
    assertThat(broken()).isEmpty();

    var fields = new SealFields(1, "", "A".repeat(22), 1, "A".repeat(43));
    var others =
        List.of(
            a.seal(fields),
            guards.signing().sign(Use.SEAL, Signing.SEAL, claims),
            guards.signing().sign(Use.SEAL, Signing.RECEIPT, claims),
            guards.signing().sign(Use.RECEIPT, Checkpoint.TYPE, claims),
            new Signing(new FakeJudgeToken(new byte[32]), "test bank", TestGuards.RECEIPT_LIFE)
                .sign(Use.SEAL, Checkpoint.TYPE, claims));
    for (var other : others) {
      exchange(other);
      assertThat(broken()).contains("the checkpoint is not one that was signed");
      refusedToFold("the checkpoint is not one that was signed");
    }
  }

  @Test
  void aCheckpointIsNotTakenOnTrust() {
    fold(500);
    assertThat(JournalCheck.of(raw, List.of()).broken())
        .contains("there is a checkpoint, and no key for seals was given that it verifies under");
  }

  /// What does not hold is not made to hold by folding further.
  @Test
  void aChangedBaseIsFoundAlsoAfterTheNextFold() {
    fold(500);
    change(
        "UPDATE folded_cards SET failures_in_life = failures_in_life - 1 WHERE subject = 'customer-1'");
    guards.time.pass(Duration.ofDays(36));
    a.judge(new TestCard("customer-5").wrong(1));

    assertThat(fold(500)).isEqualTo(3);

    assertThat(broken())
        .contains("the bases of the cards are not those that the checkpoint is about");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE judgements SET verdict = 'RIGHT' WHERE guard = 'a' AND sequence = 2        | row 2 of guard a is not the one that was written
          UPDATE judgements SET audience = 'elsewhere' WHERE guard = 'b' AND sequence = 1   | row 1 of guard b is not the one that was written
          UPDATE judgements SET judged_at = judged_at - 1 WHERE guard = 'a' AND sequence = 4 | row 4 of guard a is not the one that was written
          DELETE FROM judgements WHERE guard = 'a' AND sequence = 2                         | row 3 of guard a is not the one that was written
          DELETE FROM judgements WHERE guard = 'b' AND sequence = 2                         | row 5 of guard a is not the one that was written
          UPDATE judgements SET purpose = 'no purpose' WHERE guard = 'b' AND sequence = 1   | a row holds what no guard writes
          """)
  void whatNoGuardWroteIsNotFolded(String done, String said) {
    change(done);
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> fold(1))
        .withMessageContaining(said)
        .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.INTEGRITY));
  }

  /// Another fold takes the same step between the signature and the commit.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ofTwoFoldsOneGoesOn(int step) {
    var plan = plan();
    var signed = new AtomicInteger();
    guards.token.beforeSign.set(
        () -> {
          if (signed.incrementAndGet() == step) {
            guards.token.beforeSign.set(() -> {});
            assertThat(folding(2).fold(plan, _ -> {})).isPositive();
          }
        });
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> folding(2).fold(plan, _ -> {}))
        .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    assertThat(broken()).isEmpty();
    assertThat(guards.rows()).isEqualTo(3);
  }

  @Test
  void withoutASignatureNothingIsFolded() {
    var before = guards.contents();
    guards.token.beforeSign.set(FakeJudgeToken.FAULT);
    assertThatThrownBy(() -> fold(2)).isInstanceOf(GuardUnavailable.class);
    assertThat(guards.contents()).isEqualTo(before);
  }

  /// Somebody removed a row between the look and the commit.
  @Test
  void aRowThatIsGoneMeanwhileUndoesTheStep() {
    guards.token.beforeSign.set(
        () -> {
          guards.token.beforeSign.set(() -> {});
          change("DELETE FROM judgements WHERE guard = 'a' AND sequence = 2");
        });
    assertThatThrownBy(() -> fold(500))
        .isInstanceOf(InvariantBroken.class)
        .hasMessageContaining("rows were folded, and");
    assertThat(guards.contents("folded_cards", "folded_chains", "checkpoints")).isEmpty();
  }

  @Test
  void theEndOfAChainAndWhatTheTokenRemembersStay() {
    assertThat(plan().stretches())
        .containsExactly(new FoldPlan.Stretch("a", 0, 6, 6), new FoldPlan.Stretch("b", 0, 3, 3));
    assertThat(folding(1).plan(AGE, 3, Optional.empty()).stretches())
        .containsExactly(new FoldPlan.Stretch("a", 0, 5, 5), new FoldPlan.Stretch("b", 0, 1, 1));
    assertThat(folding(1).plan(AGE.plusDays(5), 0, Optional.empty()).rows()).isZero();
    var hash =
        raw.reading(
                sql ->
                    sql.row(
                        row -> row.getString("hash"),
                        "SELECT hash FROM judgements WHERE guard = 'a' AND sequence = 4"))
            .orElseThrow();
    var remembered = Optional.of(new ChainHead("a", 10_004, hash));
    assertThat(folding(1).plan(AGE, 0, remembered).stretches())
        .containsExactly(new FoldPlan.Stretch("a", 0, 3, 3), new FoldPlan.Stretch("b", 0, 3, 3));
  }

  @Test
  void aJournalThatTheTokenDoesNotRememberIsNotSigned() {
    var remembered = Optional.of(new ChainHead("a", 10_004, "A".repeat(43)));
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> folding(1).plan(AGE, 0, remembered))
        .withMessageContaining("older than what the token remembers of guard a")
        .satisfies(failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.INTEGRITY));
  }

  /// The clock has nothing to say: one that was wrong folds nothing too early.
  @Test
  void timeThatPassesWithoutAJudgementFoldsNothing() {
    fold(500);
    guards.time.pass(Duration.ofDays(4_000));
    assertThat(plan().rows()).isZero();
  }

  /// Whatever was folded, the hash of a checkpoint stands in the next.
  @Test
  void eachCheckpointNamesTheOneBefore() {
    var signed = new ArrayList<String>();
    fold(1, _ -> signed.add(raw.reading(CheckpointTable::last).orElseThrow().signed()));
    var keys = Folding.keys(guards.signing());
    IntStream.range(1, signed.size())
        .forEach(
            i -> {
              var checkpoint = Checkpoint.verified(signed.get(i), keys).orElseThrow();
              assertThat(checkpoint.number()).isEqualTo(i + 1L);
              assertThat(checkpoint.previous()).isEqualTo(Checkpoint.digest(signed.get(i - 1)));
            });
    assertThat(Checkpoint.verified(signed.getFirst(), keys).orElseThrow().previous()).isEmpty();
  }
}
