package karuta.server.lifecycle;

import java.util.Optional;
import karuta.database.InvariantBroken;
import karuta.server.audit.AuditEvent;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;

/// Takes cards out of use: the open challenge ends with the card's state, uncounted, and the audit says why.
public final class Endings {
  private Endings() {}

  /// Ends a card that is held by this transaction.
  public static void retire(AuditedTx journal, CardRow card, String reason) {
    end(journal, card, CardState.RETIRED, AuditEvent.CARD_RETIRED, reason);
  }

  static void returned(AuditedTx journal, CardRow card, String reason) {
    end(journal, card, CardState.RETURNED, AuditEvent.CARD_RETURNED, reason);
  }

  /// A card that is suspended already gets the new reason: one that is reported lost must not be unlocked as one whose
  /// questions were left unanswered.
  public static void suspend(AuditedTx journal, CardRow card, String reason) {
    if (card.state() != CardState.SUSPENDED) {
      leave(journal, card, CardState.SUSPENDED, Optional.of(card.before().orElse(card.state())));
    } else if (reason.equals(
        journal.tx().details().find(card.subject(), card.generation()).reason())) {
      return;
    }
    journal.tx().details().reason(card.subject(), card.generation(), reason);
    journal.note(card, AuditEvent.CARD_SUSPENDED, reason);
  }

  private static void end(
      AuditedTx journal, CardRow card, CardState end, AuditEvent event, String reason) {
    leave(journal, card, end, Optional.empty());
    journal.tx().details().ended(card.subject(), card.generation(), journal.now(), reason);
    journal.note(card, event, reason);
  }

  private static void leave(
      AuditedTx journal, CardRow card, CardState to, Optional<CardState> before) {
    var tx = journal.tx();
    card.challenge()
        .ifPresent(
            id -> {
              tx.challenges().end(id, ChallengeState.ABANDONED, journal.now());
              journal.note(tx.challenges().find(id).orElseThrow(), AuditEvent.CHALLENGE_ABANDONED);
            });
    if (!tx.cards().move(card, to, before)) {
      throw new InvariantBroken("a card that was held has changed its state");
    }
  }
}
