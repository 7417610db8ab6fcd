package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.database.InvariantBroken;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Head;
import karuta.server.card.CardState;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A card is changed as it was read, or not at all: whoever changes it without holding it, or holds what is not there
/// any more, is stopped by the change itself.
@ParameterizedClass
@EnumSource
class StaleCardTest {
  private static final ChallengeId OTHER = new ChallengeId("other-challenge-000000");
  private static final Head NEXT = new Head(9, "9".repeat(43));

  /// A change of a card, by the row it was read as.
  enum Change {
    ASK,
    PASSED,
    FAILED,
    SETTLED_LATE,
    SPENT,
    END_CHALLENGE,
    MOVE;

    void make(Tx tx, CardRow card) {
      var cards = tx.cards();
      switch (this) {
        case ASK -> cards.ask(card.asking(card.progress(), OTHER, Instant.EPOCH));
        case PASSED -> cards.passed(card, open(card), card.progress(), CardState.ACTIVE, NEXT);
        case FAILED -> cards.failed(card, open(card), CardState.ACTIVE, NEXT);
        case SETTLED_LATE -> cards.settledLate(card, 1, 0, card.progress(), NEXT);
        case SPENT -> cards.spent(card, open(card), card.progress());
        case END_CHALLENGE -> cards.endChallenge(card, open(card), CardState.ACTIVE, 1);
        case MOVE -> {
          if (!cards.move(card, CardState.RETIRED, Optional.empty())) {
            throw new InvariantBroken("it says that it was not done");
          }
        }
      }
    }

    /// The columns that have to be as they were read.
    List<String> asRead() {
      return switch (this) {
        case PASSED, FAILED -> List.of("state", "challenge_id", "judged");
        case ASK, END_CHALLENGE -> List.of("state", "challenge_id");
        case SETTLED_LATE -> List.of("judged");
        case SPENT -> List.of("challenge_id");
        case MOVE -> List.of("state");
      };
    }

    private static ChallengeId open(CardRow card) {
      return card.challenge().orElseThrow();
    }
  }

  private final Bank bank;
  private Subject customer;
  private Subject neighbour;

  StaleCardTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
  }

  @BeforeEach
  void begin() {
    customer = bank.withActiveCard("customer-1");
    neighbour = bank.withActiveCard("customer-2");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private CardRow card(Subject subject) {
    return bank.store.read(tx -> tx.cards().of(subject).getFirst());
  }

  private CardRow read(Change change) {
    bank.fail(customer, "t-1");
    if (change != Change.ASK) {
      bank.transfer(customer, "t-2");
    }
    return card(customer);
  }

  private void change(Change change, CardRow card) {
    bank.store.change(
        tx -> {
          change.make(tx, card);
          return true;
        });
  }

  @ParameterizedTest
  @EnumSource
  void aCardIsChangedAsItWasReadAndNoOther(Change change) {
    var card = read(change);
    var other = card(neighbour);

    change(change, card);

    assertThat(card(customer)).isNotEqualTo(card);
    assertThat(card(neighbour)).isEqualTo(other);
  }

  @ParameterizedTest
  @EnumSource
  void aCardThatIsNotAsItWasReadIsNotChanged(Change change) {
    var card = read(change);
    for (var column : change.asRead()) {
      var as = "UPDATE card_states SET " + column + " = ? WHERE subject = ? AND generation = 1";
      bank.tamper(as, meanwhile(column), customer.value());
      var now = card(customer);

      assertThatThrownBy(() -> change(change, card))
          .as("%s has changed", column)
          .isInstanceOf(InvariantBroken.class);

      assertThat(card(customer)).isEqualTo(now);
      bank.tamper(as, value(card, column), customer.value());
    }
  }

  /// What somebody else has made of a column since it was read.
  private static Object meanwhile(String column) {
    return switch (column) {
      case "state" -> "MAILED";
      case "challenge_id" -> OTHER.value();
      default -> 7L;
    };
  }

  private static Object value(CardRow card, String column) {
    return switch (column) {
      case "state" -> card.state().name();
      case "challenge_id" -> card.challenge().map(ChallengeId::value).orElse("");
      default -> card.judged().number();
    };
  }
}
