package karuta.provisioning.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.provisioning.batch.TokenKeys;
import karuta.provisioning.book.BookMaker;
import karuta.token.KeyNotFound;
import karuta.token.Verdict;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.Test;

class LayoutKeyDestroyedTest {
  private static final BatchId BATCH = new BatchId("2026-01");
  private static final EpochId EPOCH = new EpochId("2026a");
  private static final Subject SUBJECT = new Subject("S-1");
  private static final CardId CARD =
      new CardId(Serial.ofRandomDigits("0123456789"), new Generation(1));

  @Test
  void nobodyDerivesTheLayoutAgainAndItsAnswersStillVerify() {
    try (var pair = TokenPair.on(SoftHsm.start())) {
      pair.agree(EPOCH);
      pair.issuer().makeLayoutKey(BATCH);
      var keys = new TokenKeys(pair.issuer(), BATCH);
      var maker = new LayoutMaker(keys.layoutKey(), BATCH);
      var seed = maker.seed(CARD);
      try (var layout = maker.layout(CARD, seed)) {
        var book =
            new BookMaker(keys.bookKey(EPOCH), Profile.STANDARD).book(SUBJECT, CARD, seed, layout);

        pair.issuer().destroyLayoutKey(BATCH);

        assertThatThrownBy(() -> maker.seed(CARD)).isInstanceOf(KeyNotFound.class);
        assertThatThrownBy(() -> maker.layout(CARD, seed)).isInstanceOf(KeyNotFound.class);
        for (var draw : book.draws()) {
          var cells = draw.cells();
          try (var right = MacInput.answer(SUBJECT, CARD, draw.number(), cells, layout.at(cells));
              var wrong =
                  MacInput.answer(
                      SUBJECT, CARD, draw.number(), cells, layout.at(cells.reversed()))) {
            assertThat(pair.verifier().verify(EPOCH, right.bytes(), draw.tag()))
                .isEqualTo(Verdict.RIGHT);
            assertThat(pair.verifier().verify(EPOCH, wrong.bytes(), draw.tag()))
                .isEqualTo(Verdict.WRONG);
          }
        }
      }
    }
  }
}
