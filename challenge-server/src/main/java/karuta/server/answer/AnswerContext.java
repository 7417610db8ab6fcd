package karuta.server.answer;

import java.security.SecureRandom;
import java.time.InstantSource;
import karuta.guard.client.Guard;
import karuta.server.challenge.Outcome.Standing;
import karuta.server.challenge.Policy;
import karuta.server.store.CardRow;
import karuta.server.store.Store;
import karuta.server.watch.Observer;
import karuta.server.watch.Watch;

/// What all classes that ask and settle share: store, guard, policy, clock, randomness.
///
/// @param audience who shall take the receipts
/// @param random for challenge ids, fresh draws and the order on screen
public record AnswerContext(
    Store store,
    Guard guard,
    String audience,
    Policy policy,
    Watch watch,
    InstantSource time,
    SecureRandom random,
    Observer observer) {
  /// Where a card stands.
  Standing standing(CardRow card) {
    var attempts = policy.attemptsLeft(card.wrongAnswers(), card.wrongInLife());
    var left = card.progress().drawsLeft();
    return new Standing(
        card.state(),
        attempts,
        left,
        policy.renewalDue(card.progress().profile(), left, card.wrongInLife()));
  }
}
