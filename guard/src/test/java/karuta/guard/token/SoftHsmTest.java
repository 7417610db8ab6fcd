package karuta.guard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.card.EpochId;
import karuta.card.MacInput;
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
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.token.JudgeToken.Use;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The guard over real tokens: tags made in an issuer token, answers judged in a verifier token by a key that can do
/// nothing else, receipts and seals signed there.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoftHsmTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final EpochId NEXT = new EpochId("e2");
  private static final List<String> RECEIPT_1 = List.of("receipt-1");
  private static final List<String> BOTH = List.of("receipt-1", "receipt-2");

  private TokenPair tokens;
  private byte[] checkValue;

  @BeforeEach
  void make() {
    tokens = TokenPair.on(SoftHsm.start());
    checkValue = tokens.agree(EPOCH);
    tokens.verifier().receipts().make(1);
    tokens.verifier().receipts().make(2);
    tokens.verifier().seals().make(1);
  }

  @AfterEach
  void close() {
    tokens.close();
  }

  private JudgeToken token(List<String> receipts, byte[] recorded) {
    return token(receipts, Map.of(EPOCH, recorded));
  }

  private JudgeToken token(List<String> receipts, Map<EpochId, byte[]> recorded) {
    return new VerifierJudgeToken(
        tokens.verifier(),
        Map.of(Use.RECEIPT, receipts, Use.SEAL, List.of("seal-1")),
        recorded,
        Duration.ofMinutes(1));
  }

  private TestCard card() {
    return new TestCard("customer-1", answer -> PlainInput.tag(tokens.issuer(), EPOCH, answer));
  }

  private static Verdict verdict(Guard guard, Question question) {
    return ((Judged) guard.judge(question)).judgement().verdict();
  }

  @Test
  void aTagMadeInOneTokenIsJudgedInTheOther() throws Exception {
    try (var guards = new TestGuards(TestDatabase.SQLITE, Caps.standard())) {
      var guard = guards.open("guard-1", token(RECEIPT_1, checkValue));
      var card = card();

      assertThat(verdict(guard, card.wrong(1))).isEqualTo(Verdict.WRONG);
      assertThat(verdict(guard, card.oneWrongOfTwo(1, 2))).isEqualTo(Verdict.WRONG);
      assertThat(verdict(guard, card.withTagOf(card.right(1), 2))).isEqualTo(Verdict.WRONG);
      assertThat(guards.failures(card)).isEqualTo(3);
      var passed = (Judged) guard.judge(card.right(1, 2));

      assertThat(passed.judgement().verdict()).isEqualTo(Verdict.RIGHT);
      assertThat(guards.failures(card)).isZero();
      assertThat(((Refused) guard.judge(card.right(2))).reason()).isEqualTo(Reason.SPENT);
      var standing = guard.look(List.of());
      assertThat(standing.judges()).isTrue();
      assertThat(standing.epochs()).isEqualTo(Map.of(EPOCH, HexFormat.of().formatHex(checkValue)));
      assertSigned(passed.receipt().orElseThrow(), standing.receiptKeys());
      assertSigned(
          guard.seal(new SealFields(1, "", "0123456789abcdef", 1, TestCard.DIGEST)),
          standing.sealKeys());
    }
  }

  private static void assertSigned(String text, String keys) throws Exception {
    var signed = SignedJWT.parse(text);
    var key = JWKSet.parse(keys).getKeyByKeyId(signed.getHeader().getKeyID()).toECKey();
    assertThat(signed.verify(new ECDSAVerifier(key))).isTrue();
  }

  @Test
  void theLastReceiptKeySignsAndTheOlderOnesAreStillPublished() throws Exception {
    try (var guards = new TestGuards(TestDatabase.SQLITE, Caps.standard())) {
      var older = guards.open("guard-1", token(RECEIPT_1, checkValue));
      var guard = guards.open("guard-1", token(BOTH, checkValue));
      var card = card();

      var before = ((Judged) older.judge(card.right(1))).receipt().orElseThrow();
      var after = ((Judged) guard.judge(card.right(2))).receipt().orElseThrow();

      var published = guard.look(List.of()).receiptKeys();
      assertThat(JWKSet.parse(published).getKeys()).hasSize(2);
      assertSigned(before, published);
      assertSigned(after, published);
      assertThat(SignedJWT.parse(before).getHeader().getKeyID())
          .isNotEqualTo(SignedJWT.parse(after).getHeader().getKeyID())
          .isEqualTo(JWKSet.parse(published).getKeys().getFirst().getKeyID());
    }
  }

  @Test
  void anEpochTheTokenHasNoKeyOfIsAFaultAndNoVerdict() {
    var token = token(RECEIPT_1, Map.of(EPOCH, checkValue, NEXT, checkValue));

    try (var input = MacInput.of("any")) {
      assertThatThrownBy(() -> token.verify(NEXT, input, new byte[32]))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage("the token gave no verdict");
    }
  }

  /// An agreement makes the key before anybody knows that it is the issuer's too, and before a guard has tested it.
  @Test
  void aKeyThatNoEpochNamesGivesNoVerdict() {
    var nextValue = tokens.agree(NEXT);
    try (var answer = MacInput.of("any")) {
      var tag = tokens.issuer().tag(NEXT, answer.bytes());
      var before = token(RECEIPT_1, checkValue);
      before.check();
      assertThatThrownBy(() -> before.verify(NEXT, answer, tag))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage("no [[epoch]] of the guard names epoch e2");
      var after = token(RECEIPT_1, Map.of(EPOCH, checkValue, NEXT, nextValue));
      assertThat(after.verify(NEXT, answer, tag)).isEqualTo(karuta.token.Verdict.RIGHT);
    }
  }

  @Test
  void aCheckLooksForEveryKeyAndNamesWhatIsMissing() {
    try (var guards = new TestGuards(TestDatabase.SQLITE, Caps.standard())) {
      var token = token(BOTH, checkValue);
      var guard = guards.open("guard-1", token);
      token.check();

      tokens.verifier().receipts().destroy("receipt-2");
      assertThatThrownBy(token::check)
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage("the token lacks receipt-2");
      tokens.verifier().seals().destroy("seal-1");
      tokens.verifier().destroyBookKey(EPOCH);
      assertThat(guard.look(List.of()).reason())
          .isEqualTo("the token lacks book-e1 of its record, receipt-2, seal-1");
      assertThatThrownBy(() -> guard.judge(card().right(1))).isInstanceOf(GuardUnavailable.class);
      assertThat(guards.rows()).isZero();
    }
  }

  @Test
  void aBookKeyThatIsNotTheOneOfItsRecordIsMissing() {
    assertThatThrownBy(token(RECEIPT_1, new byte[32])::check)
        .hasMessage("the token lacks book-e1 of its record");
  }
}
