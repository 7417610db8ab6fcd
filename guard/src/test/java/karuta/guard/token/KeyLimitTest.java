package karuta.guard.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import karuta.card.EpochId;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.journal.Caps;
import karuta.guard.judge.Judging;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.token.JudgeToken.Use;
import karuta.token.testing.FakeBench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A token that itself limits how often a key is used, as Thales Luna's `CKA_USAGE_LIMIT` does: a cap, and no fault.
class KeyLimitTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final String LIMIT = "the token's own limit on the uses of the key ";

  private final FakeBench bench = new FakeBench();
  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());
  private TokenPair tokens;
  private JudgeToken token;
  private Guard guard;
  private TestCard card;

  @BeforeEach
  void open() {
    tokens = TokenPair.on(bench);
    tokens.verifier().receipts().make(1);
    tokens.verifier().seals().make(1);
    token =
        new VerifierJudgeToken(
            tokens.verifier(),
            Map.of(Use.RECEIPT, List.of("receipt-1"), Use.SEAL, List.of("seal-1")),
            Map.of(EPOCH, tokens.agree(EPOCH)),
            Duration.ofMinutes(1));
    guard = guards.open("guard-1", token);
    card = new TestCard("customer-1", answer -> PlainInput.tag(tokens.issuer(), EPOCH, answer));
  }

  @AfterEach
  void close() {
    bench.faults().mend();
    tokens.close();
    guards.close();
  }

  @Test
  void rightAndWrongAreRefusedAlikeAndNothingIsRecorded() {
    var right = card.right(1);
    var wrong = card.wrong(1);
    var before = guards.contents();
    bench.faults().failAlways(CkFunction.C_Verify, Ckr.CKR_KEY_NOT_ACTIVE);

    var refused = (Refused) guard.judge(right);

    assertThat(refused.reason()).isEqualTo(Reason.KEY_CAPPED);
    assertThat(guard.judge(wrong)).isEqualTo(refused);
    assertThat(guards.contents()).isEqualTo(before);
    assertThat(guard.up()).as("the token is not lost").isTrue();
    assertThat(tokens.verifier().token().health().recoveries()).isZero();
    bench.faults().mend();
    assertThat(((Judged) guard.judge(right)).judgement().verdict()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void theSecondOfTwoDrawsIsNoVerdictOnTheFirst() {
    var before = guards.contents();
    var first = new ArrayList<Boolean>();
    bench
        .faults()
        .before(
            CkFunction.C_Verify,
            () -> {
              if (!first.isEmpty()) {
                bench.faults().failNext(CkFunction.C_Verify, Ckr.CKR_KEY_NOT_ACTIVE);
              }
              first.add(true);
            });

    assertThat(((Refused) guard.judge(card.oneWrongOfTwo(1, 2))).reason())
        .isEqualTo(Reason.KEY_CAPPED);
    assertThat(first).hasSize(2);
    assertThat(guards.contents()).isEqualTo(before);
  }

  @Test
  void whoAsksHowTheGuardStandsIsToldWhichKey() {
    assertThat(guard.look(List.of()).reason()).isEmpty();
    bench.faults().failAlways(CkFunction.C_VerifyInit, Ckr.CKR_KEY_NOT_ACTIVE);
    assertThat(guard.look(List.of()).reason()).isEqualTo(LIMIT + "book-e1 is reached");
    bench.faults().mend();
    assertThat(guard.look(List.of()).judges()).isTrue();
  }

  @Test
  void theLogNamesTheKey() {
    var said = new ArrayList<String>();
    var listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var logger = Logger.getLogger(Judging.class.getName());
    logger.setLevel(Level.WARNING);
    logger.addHandler(listener);
    try {
      bench.faults().failAlways(CkFunction.C_Verify, Ckr.CKR_KEY_NOT_ACTIVE);
      guard.judge(card.right(1));
    } finally {
      logger.removeHandler(listener);
      logger.setLevel(null);
    }
    assertThat(said).containsExactly(LIMIT + "book-e1 is reached");
  }
}
