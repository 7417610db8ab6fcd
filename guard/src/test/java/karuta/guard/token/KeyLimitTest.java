package karuta.guard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
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
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.client.SealFields;
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

/// A token that itself limits how often a key is used, as Thales Luna's `CKA_USAGE_LIMIT` does: a cap, and no fault. It
/// ends what needs that key, and nothing else.
class KeyLimitTest {
  private static final EpochId OLD = new EpochId("e1");
  private static final EpochId NEW = new EpochId("e2");
  private static final String LIMIT = "the token's own limit on the uses of the key ";
  private static final String HASH = "h".repeat(43);

  private final FakeBench bench = new FakeBench();
  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());
  private TokenPair tokens;
  private Map<EpochId, byte[]> checkValues;
  private Guard guard;
  private TestCard card;

  @BeforeEach
  void open() {
    tokens = TokenPair.on(bench);
    tokens.verifier().receipts().make(1);
    tokens.verifier().seals().make(1);
    checkValues = Map.of(OLD, tokens.agree(OLD), NEW, tokens.agree(NEW));
    guard = guards.open("guard-1", token("receipt-1"));
    card = card("customer-1", OLD);
  }

  @AfterEach
  void close() {
    bench.faults().mend();
    tokens.close();
    guards.close();
  }

  /// @param receipts the keys whose receipts count; the last one signs
  private JudgeToken token(String... receipts) {
    return new VerifierJudgeToken(
        tokens.verifier(),
        Map.of(Use.RECEIPT, List.of(receipts), Use.SEAL, List.of("seal-1")),
        checkValues,
        Duration.ofMinutes(1));
  }

  private TestCard card(String customer, EpochId epoch) {
    return new TestCard(customer, epoch, answer -> PlainInput.tag(tokens.issuer(), epoch, answer));
  }

  private void reached(String... labels) {
    var standing = guard.look(List.of());
    assertThat(standing.judges()).as(standing.reason()).isTrue();
    assertThat(standing.capped()).containsExactlyInAnyOrder(labels);
    assertThat(guard.up()).as("the token is not lost").isTrue();
    assertThat(tokens.verifier().token().health().recoveries()).isZero();
  }

  private Verdict verdict(Question question) {
    return ((Judged) guard.judge(question)).judgement().verdict();
  }

  @Test
  void rightAndWrongAreRefusedAlikeAndNothingIsRecorded() {
    var right = card.right(1);
    var wrong = card.wrong(1);
    var before = guards.contents();
    bench.fake().limit("book-e1", true);

    var refused = (Refused) guard.judge(right);

    assertThat(refused.reason()).isEqualTo(Reason.KEY_CAPPED);
    assertThat(guard.judge(wrong)).isEqualTo(refused);
    assertThat(guards.contents()).isEqualTo(before);
    bench.fake().limit("book-e1", false);
    assertThat(verdict(right)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void theAnswersOfOtherEpochsAreJudged() {
    var other = card("customer-2", NEW);
    var right = card.right(1);
    bench.fake().limit("book-e1", true);
    assertThat(((Refused) guard.judge(right)).reason()).isEqualTo(Reason.KEY_CAPPED);

    assertThat(verdict(other.right(1))).isEqualTo(Verdict.RIGHT);
    assertThat(verdict(other.wrong(2))).isEqualTo(Verdict.WRONG);
    reached("book-e1");

    bench.fake().limit("book-e1", false);
    reached();
  }

  /// Nobody has answered: the guard's standing is enough.
  @Test
  void whoAsksHowTheGuardStandsIsToldWhichKeys() {
    reached();
    bench.fake().limit("book-e1", true);
    reached("book-e1");
    bench.fake().limit("book-e2", true);
    reached("book-e1", "book-e2");
    bench.fake().limit("book-e1", false);
    reached("book-e2");
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

  /// The verdict stays, untold, until another key signs its receipt; wrong answers need none.
  @Test
  void aReceiptThatItsKeySignsNoMoreIsSignedByTheNextOne() throws Exception {
    var right = card.right(1);
    bench.fake().limit("receipt-1", true);

    for (var time = 1; time <= 2; time++) {
      assertThatThrownBy(() -> guard.judge(right))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage(LIMIT + "receipt-1 is reached");
      assertThat(guards.rows()).isEqualTo(1);
    }
    assertThat(verdict(card("customer-2", NEW).wrong(1))).isEqualTo(Verdict.WRONG);
    reached("receipt-1");

    var next = tokens.verifier().receipts().make(2);
    guard = guards.open("guard-1", token("receipt-1", "receipt-2"));
    var judged = (Judged) guard.judge(right);
    assertThat(judged.judgement().sequence()).isEqualTo(1);
    assertThat(guards.rows()).isEqualTo(2);
    assertThat(verifies(judged.receipt().orElseThrow(), next)).isTrue();
  }

  @Test
  void aSealKeyAtItsLimitEndsSealsAlone() {
    var fields = new SealFields(1, "", "row-9", 5, HASH);
    bench.fake().limit("seal-1", true);

    assertThatThrownBy(() -> guard.seal(fields))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage(LIMIT + "seal-1 is reached");

    assertThat(((Judged) guard.judge(card.right(1))).receipt()).isPresent();
    reached("seal-1");
    bench.fake().limit("seal-1", false);
    assertThat(guard.seal(fields)).isNotEmpty();
    reached();
  }

  private static boolean verifies(String receipt, ECPublicKey key)
      throws ParseException, JOSEException {
    return SignedJWT.parse(receipt).verify(new ECDSAVerifier(key));
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
    var right = card.right(1);
    try {
      bench.fake().limit("book-e1", true);
      guard.judge(right);
    } finally {
      logger.removeHandler(listener);
      logger.setLevel(null);
    }
    assertThat(said).containsExactly(LIMIT + "book-e1 is reached");
  }
}
