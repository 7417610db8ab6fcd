package karuta.server.card;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.audit.AuditEntry;

/// The registry: subjects, their methods and their cards, from the order to the day a card is retired.
///
/// Calls block and belong on a worker thread. Asking for the state a card is already in changes nothing and is answered
/// with that state, so every call may be repeated. Each throws [Refusal] for what is not allowed and
/// [karuta.database.DatabaseUnavailable] when nothing can be said.
public interface Cards {
  /// Tells of a subject and of the method in use today: [Method#NONE], [Method#CONFIRMATION_PASSWORD] or
  /// [Method#ONE_TIME_PASSWORD]. The method changes only while none of the subject's cards is in use.
  SubjectView register(Caller caller, Subject subject, Method method);

  /// Reads a subject.
  SubjectView subject(Subject subject);

  /// Orders a card, the first or a replacement. An open order of the same profile is returned as it is.
  SubjectView order(Caller caller, Subject subject, Profile profile);

  /// The card was handed to the post: ISSUED becomes MAILED.
  ///
  /// @param trackingNumber 1 to 64 characters
  /// @param mailedAt when it was handed over; now, if empty
  SubjectView mail(
      Caller caller,
      Subject subject,
      Generation generation,
      String trackingNumber,
      Optional<Instant> mailedAt);

  /// The post brought the card back: MAILED becomes RETURNED, and a new card can be ordered.
  SubjectView returned(Caller caller, Subject subject, Generation generation, String reason);

  /// Lost, stolen or copied: no question is asked and no answer taken from now on. A card that is suspended already
  /// gets the new reason.
  ///
  /// @param generation which card; every issued, mailed, active or locked one, if empty
  /// @param reason 1 to 140 characters
  SubjectView suspend(
      Caller caller, Subject subject, Optional<Generation> generation, String reason);

  /// Gives a locked or suspended card the state back it had before and clears its counters. The question stays the
  /// same.
  SubjectView unlock(Caller caller, Subject subject, Generation generation, String reason);

  /// Ends a card for good.
  SubjectView retire(Caller caller, Subject subject, Generation generation, String reason);

  /// The open orders, oldest first.
  ///
  /// @param size 1 to [Page#LIMIT]
  /// @param token [Page#next] of the page before; empty for the first
  Page<Order> orders(int size, String token);

  /// What happened to a subject's cards, newest first.
  Page<AuditEntry> audit(Subject subject, int size, String token);

  /// Every card with this printed number, by subject and generation. As a rule there is one; ten random digits meet by
  /// chance among many cards, so what is told of a number must be told of all its cards.
  List<FoundCard> find(Serial serial);

  /// Everything stored about one card; WRONG_STATE if it has no book, because it was not issued.
  CardRecord record(Subject subject, Generation generation);
}
