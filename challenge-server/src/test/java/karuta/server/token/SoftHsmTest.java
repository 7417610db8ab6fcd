package karuta.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.MacInput;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.Core;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.challenge.Purpose;
import karuta.server.receipt.ReceiptKeys;
import karuta.server.receipt.Receipts;
import karuta.server.store.BookRow;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.PrintedCard;
import karuta.server.testing.TestDatabase;
import karuta.server.testing.TestTime;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.Test;

/// The domain over real tokens: tags made in an issuer token, answers judged in a verifier token by a key that can do
/// nothing else, receipts signed there.
class SoftHsmTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final Receipts.Claims CLAIMS =
      new Receipts.Claims(
          new Subject("customer-1"),
          new ChallengeId("AAAAAAAAAAAAAAAAAAAAAA"),
          Purpose.TRANSFER,
          "0".repeat(43),
          new Generation(1),
          1,
          Instant.parse("2026-01-05T09:00:00Z"));

  @Test
  void aCardMadeInOneTokenIsSwitchedOnByTheOther() throws Exception {
    try (var tokens = TokenPair.on(SoftHsm.start());
        var store = Store.open(TestDatabase.SQLITE.fresh())) {
      tokens.agree(EPOCH);
      tokens.verifier().receipts().make(1);
      var token = new VerifierAnswerToken(tokens.verifier(), List.of("receipt-1"), Map.of());
      var core =
          Core.of(
              new Core.Parts(
                  store,
                  token,
                  Policy.standard(),
                  "test bank",
                  new TestTime(),
                  new SecureRandom(),
                  event -> {}));
      var customer = new Subject("customer-1");
      var card = mail(core, store, tokens, customer);

      var challenge = core.challenges().activate(Bank.FRONT, customer, true);
      assertThat(answer(core, challenge, card.wrongAnswer(challenge), "attempt-1"))
          .isInstanceOf(Wrong.class);
      challenge = core.challenges().activate(Bank.FRONT, customer, true);
      var outcome = answer(core, challenge, card.answer(challenge), "attempt-2");

      assertThat(outcome).isInstanceOf(Passed.class);
      assertThat(core.cards().subject(customer).method()).isEqualTo(Method.IMAGE_CARD);
      var receipt = SignedJWT.parse(((Passed) outcome).receipt());
      var keys = JWKSet.parse(core.receiptKeys().jwks());
      var key = keys.getKeyByKeyId(receipt.getHeader().getKeyID()).toECKey();
      assertThat(receipt.verify(new ECDSAVerifier(key))).isTrue();
    }
  }

  @Test
  void theLastReceiptKeySignsAndTheOlderOnesAreStillPublished() throws Exception {
    try (var tokens = TokenPair.on(SoftHsm.start())) {
      tokens.verifier().receipts().make(1);
      tokens.verifier().receipts().make(2);
      var older = new VerifierAnswerToken(tokens.verifier(), List.of("receipt-1"), Map.of());
      var token =
          new VerifierAnswerToken(tokens.verifier(), List.of("receipt-1", "receipt-2"), Map.of());
      var keys = JWKSet.parse(new ReceiptKeys(token).jwks());

      assertThat(keys.getKeys()).hasSize(2);
      assertThat(token.signingKey().label()).isEqualTo("receipt-2");
      for (var signer : List.of(older, token)) {
        var receipt = SignedJWT.parse(new Receipts(signer, "test bank").sign(CLAIMS));
        var key = keys.getKeyByKeyId(receipt.getHeader().getKeyID()).toECKey();
        assertThat(receipt.verify(new ECDSAVerifier(key))).isTrue();
      }
    }
  }

  @Test
  void anEpochTheTokenHasNoKeyOfIsAFaultAndNoVerdict() {
    try (var tokens = TokenPair.on(SoftHsm.start())) {
      tokens.agree(EPOCH);
      tokens.verifier().receipts().make(1);
      var token = new VerifierAnswerToken(tokens.verifier(), List.of("receipt-1"), Map.of());
      token.check();

      try (var input = MacInput.of("any")) {
        assertThatThrownBy(() -> token.verify(new EpochId("e2"), input, new byte[32]))
            .isInstanceOf(TokenUnavailable.class);
      }
    }
  }

  @Test
  void aCheckLooksForEveryKeyAndNamesWhatIsMissing() {
    try (var tokens = TokenPair.on(SoftHsm.start())) {
      var checkValue = tokens.agree(EPOCH);
      tokens.verifier().receipts().make(1);
      tokens.verifier().receipts().make(2);
      var token =
          new VerifierAnswerToken(
              tokens.verifier(), List.of("receipt-1", "receipt-2"), Map.of(EPOCH, checkValue));
      token.check();

      tokens.verifier().receipts().destroy("receipt-2");
      assertThatThrownBy(token::check)
          .isInstanceOf(TokenUnavailable.class)
          .hasMessage("the token lacks receipt-2");
      tokens.verifier().destroyBookKey(EPOCH);
      assertThatThrownBy(token::check)
          .isInstanceOf(TokenUnavailable.class)
          .hasMessage("the token lacks book-e1 of its record, receipt-2");
    }
  }

  @Test
  void aBookKeyThatIsNotTheOneOfItsRecordIsMissing() {
    try (var tokens = TokenPair.on(SoftHsm.start())) {
      tokens.agree(EPOCH);
      tokens.verifier().receipts().make(1);
      var token =
          new VerifierAnswerToken(
              tokens.verifier(), List.of("receipt-1"), Map.of(EPOCH, new byte[32]));

      assertThatThrownBy(token::check).hasMessage("the token lacks book-e1 of its record");
    }
  }

  /// Makes a card in the issuer token, imports its book and mails it.
  static PrintedCard mail(Core core, Store store, TokenPair tokens, Subject customer) {
    core.cards().register(Bank.OFFICE, customer, Method.CONFIRMATION_PASSWORD);
    core.cards().order(Bank.FRONT, customer, Profile.STANDARD);
    var generation = new Generation(1);
    var card =
        new PrintedCard(
            customer,
            new CardId(Serial.ofRandomDigits("0000000017"), generation),
            Profile.STANDARD,
            bytes -> PlainInput.tag(tokens.issuer(), EPOCH, bytes),
            new Random(1));
    store.change(
        tx -> {
          var row = tx.cards().lock(customer, generation).orElseThrow();
          tx.books().add(BookRow.of(card.book(), new BatchId("b1"), EPOCH, "v1"));
          return tx.cards().move(row, CardState.ISSUED, Optional.empty());
        });
    core.cards().mail(Bank.OFFICE, customer, generation, "RR1", Optional.empty());
    return card;
  }

  private static Object answer(
      Core core, ChallengeView challenge, List<List<Integer>> choices, String key) {
    return core.challenges().answer(Bank.FRONT, challenge.id(), new IdempotencyKey(key), choices);
  }
}
