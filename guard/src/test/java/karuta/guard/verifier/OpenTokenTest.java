package karuta.guard.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.guard.config.GuardConfig;
import karuta.token.Verdict;
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

  @Test
  void aKeyThatIsNotThatOfItsRecordDoes() {
    var wrong = List.of(epochs.getFirst(), epoch(NEW, new byte[32]));
    assertThatThrownBy(() -> OpenToken.selfTest(begun, wrong))
        .isInstanceOf(CommandFailed.class)
        .hasMessageStartingWith("the token fails its self-test for epoch e2: ");
  }
}
