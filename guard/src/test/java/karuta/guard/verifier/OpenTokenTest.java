package karuta.guard.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.Template;
import karuta.guard.config.GuardConfig;
import karuta.token.Verdict;
import karuta.token.key.KeyPolicy;
import karuta.token.testing.FakeBench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.TokenPair;
import karuta.token.verifier.VerifierToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a guard finds out about its book keys before it listens.
class OpenTokenTest {
  private static final EpochId OLD = new EpochId("e1");
  private static final EpochId NEW = new EpochId("e2");

  private final FakeBench bench = new FakeBench();
  private TokenPair tokens;
  private List<GuardConfig.Epoch> epochs;
  private VerifierToken begun;

  @BeforeEach
  void open() {
    tokens = TokenPair.on(bench);
    epochs = List.of(epoch(OLD, tokens.agree(OLD)), epoch(NEW, tokens.agree(NEW)));
    begun = new VerifierToken(tokens.verifier().token());
  }

  @AfterEach
  void close() {
    tokens.close();
  }

  private static GuardConfig.Epoch epoch(EpochId id, byte[] checkValue) {
    return new GuardConfig.Epoch(
        id, AgreementUse.DEVELOPMENT, Kdf.CKD_NULL, HexFormat.of().formatHex(checkValue));
  }

  private Verdict verdict(EpochId epoch) {
    var answer = "an answer".getBytes(StandardCharsets.UTF_8);
    return PlainInput.verify(begun, epoch, answer, PlainInput.tag(tokens.issuer(), epoch, answer));
  }

  @Test
  void aKeyAtItsLimitKeepsNoGuardFromBeginning() {
    bench.fake().limit("book-e1", true);
    OpenToken.selfTest(begun, epochs);
    assertThat(verdict(NEW)).isEqualTo(Verdict.RIGHT);
    bench.fake().limit("book-e1", false);
    assertThat(verdict(OLD)).isEqualTo(Verdict.RIGHT);
  }

  private void audit(String... named) {
    OpenToken.audit(tokens.verifier().token(), Set.of(named));
  }

  private void make(Template template) {
    tokens
        .verifier()
        .token()
        .alone(
            lease ->
                lease
                    .cryptoki()
                    .generateKey(
                        lease.session(),
                        new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN),
                        template));
  }

  private void assertRefused(String finding, String... named) {
    assertThatThrownBy(() -> audit(named))
        .isInstanceOf(CommandFailed.class)
        .hasMessageStartingWith("the token breaks the key policy: ")
        .hasMessageContaining(finding)
        .extracting("exitCode")
        .isEqualTo(ExitCode.REFUSED);
  }

  /// As after the verifier's step of an agreement, and until its record is named.
  @Test
  void aBookKeyThatNoEpochNamesIsLeftOut() {
    audit("book-e1", "book-e2");
    audit("book-e1");
    audit();
    assertRefused("book-e3", "book-e1", "book-e3");
  }

  @Test
  void oneThatIsNotAsThePolicySaysIsNot() {
    make(KeyPolicy.BOOK_SIGNING.template("book-e3"));
    assertRefused("book-e3: CKA_SIGN should be", "book-e1");
  }

  @Test
  void aSecondOneOfItsNameIsNot() {
    make(KeyPolicy.BOOK_VERIFYING.template("book-e2"));
    assertRefused("book-e2: presence should be one key", "book-e1");
  }

  @Test
  void anythingElseThatNothingNamesIsNot() {
    tokens.verifier().receipts().make(1);
    assertRefused("receipt-1: presence should be absent", "book-e1");
    audit("book-e1", "receipt-1");
  }

  @Test
  void aKeyThatIsNotThatOfItsRecordDoes() {
    var wrong = List.of(epochs.getFirst(), epoch(NEW, new byte[32]));
    assertThatThrownBy(() -> OpenToken.selfTest(begun, wrong))
        .isInstanceOf(CommandFailed.class)
        .hasMessageStartingWith("the token fails its self-test for epoch e2: ");
  }
}
