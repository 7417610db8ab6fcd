package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.token.KeyNotFound;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.KeyPolicy;
import karuta.token.testing.FakeBench;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a request says of the key that is to be destroyed is true, and there is something to say of every key.
class KeyIdentityTest {
  private static final EpochId EPOCH = new EpochId("e1");

  private final FakeBench bench = new FakeBench();
  private TokenPair tokens;
  private String checkValue;

  @BeforeEach
  void open() {
    tokens = TokenPair.on(bench);
    checkValue = HexFormat.of().formatHex(tokens.agree(EPOCH));
  }

  @AfterEach
  void close() {
    tokens.close();
  }

  private String issuer(KeyPolicy policy, String label) throws Exception {
    return new KeyIdentity(tokens.issuer().token()).of(policy, label);
  }

  private String verifier() throws Exception {
    return new KeyIdentity(tokens.verifier().token()).of(KeyPolicy.BOOK_VERIFYING, "book-e1");
  }

  private void finish(byte[] with) {
    new FinishedEpochs(tokens.verifier().token()).mark(EPOCH, with);
  }

  @Test
  void bothTokensSayTheSameOfOneKey() throws Exception {
    assertThat(verifier()).isEqualTo("of an agreement that was not completed here");
    finish(HexFormat.of().parseHex(checkValue));
    assertThat(verifier())
        .isEqualTo("check value " + checkValue)
        .isEqualTo(issuer(KeyPolicy.BOOK_SIGNING, "book-e1"));
  }

  /// It was completed, so nobody is told that it was not.
  @Test
  void aMarkOfAnotherKeyIsSaid() throws Exception {
    finish(new byte[32]);
    assertThat(verifier())
        .isEqualTo(
            "another than the one with which its epoch was finished, check value "
                + "00".repeat(32));
  }

  /// Or nobody could be rid of it.
  @Test
  void aKeyAtItsLimitIsKnownByItsLabel() throws Exception {
    tokens.issuer().makeLayoutKey(new BatchId("b1"));
    finish(HexFormat.of().parseHex(checkValue));
    bench.fake().limit("layout-b1", true);
    bench.fake().limit("book-e1", true);
    var said = "at the token's own limit on its uses, so known by its label alone";
    assertThat(issuer(KeyPolicy.LAYOUT, "layout-b1")).isEqualTo(said);
    assertThat(issuer(KeyPolicy.BOOK_SIGNING, "book-e1")).isEqualTo(said);
    assertThat(verifier()).isEqualTo(said);
    tokens.issuer().destroyLayoutKey(new BatchId("b1"));
    tokens.verifier().destroyBookKey(EPOCH);
    assertThat(tokens.verifier().hasBookKey(EPOCH)).isFalse();
  }

  @Test
  void aKeyThatIsNotThereIsNotSpokenOf() {
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> issuer(KeyPolicy.LAYOUT, "layout-b9"));
  }
}
