package karuta.server.lifecycle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.InvariantBroken;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardRecord;
import karuta.server.card.CardState;
import karuta.server.card.Cards;
import karuta.server.card.FoundCard;
import karuta.server.card.Method;
import karuta.server.card.Order;
import karuta.server.card.Page;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.card.SubjectView;
import karuta.server.challenge.Policy;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;
import karuta.server.store.Store;
import karuta.server.store.Tx;

/// The registry over the store. Every change holds the card's row, looks at its state, and writes its audit row in the
/// same transaction.
public final class Registry implements Cards {
  private final Store store;
  private final InstantSource time;
  private final Policy policy;
  private final SubjectViews views;
  private final Inquiries inquiries;

  public Registry(Store store, Policy policy, InstantSource time) {
    this.store = store;
    this.time = time;
    this.policy = policy;
    this.views = new SubjectViews(policy);
    this.inquiries = new Inquiries(store, views);
  }

  @Override
  public SubjectView register(Caller caller, Subject subject, Method method) {
    if (method == Method.IMAGE_CARD) {
      throw new Refusal(Code.INVALID_FIELD, "method becomes IMAGE_CARD by the switch only");
    }
    return change(
        caller,
        subject,
        journal -> {
          var tx = journal.tx();
          if (tx.subjects().add(subject, method, journal.now())) {
            journal.note(subject, AuditEvent.SUBJECT_REGISTERED, method.name());
            return;
          }
          var before = tx.subjects().lock(subject).orElseThrow();
          if (before == method) {
            return;
          }
          if (tx.cards().of(subject).stream().anyMatch(CardRow::inUse)) {
            throw new Refusal(
                Code.WRONG_STATE, "the method cannot change while a card is in use; retire it");
          }
          tx.subjects().method(subject, method);
          journal.note(subject, AuditEvent.METHOD_CHANGED, before + " to " + method);
        });
  }

  @Override
  public SubjectView subject(Subject subject) {
    return store.read(tx -> views.of(tx, subject));
  }

  @Override
  public SubjectView order(Caller caller, Subject subject, Profile profile) {
    return change(
        caller,
        subject,
        journal -> {
          var tx = journal.tx();
          var method = tx.subjects().lock(subject).orElseThrow(() -> unknown(subject));
          var cards = tx.cards().of(subject);
          var open = Ordering.underWay(cards);
          if (open.isPresent() && open.get().progress().profile() == profile) {
            return;
          }
          Ordering.refusal(method, cards)
              .ifPresent(
                  code -> {
                    throw new Refusal(
                        code,
                        code == Code.NOT_ELIGIBLE
                            ? "the subject uses one-time passwords"
                            : "a card of another profile is on its way; retire it first");
                  });
          Ordering.open(journal, subject, profile, profile.label());
        });
  }

  @Override
  public SubjectView mail(
      Caller caller,
      Subject subject,
      Generation generation,
      String trackingNumber,
      Optional<Instant> mailedAt) {
    Texts.require("trackingNumber", trackingNumber, 64);
    return changeCard(
        caller,
        subject,
        generation,
        (journal, card) -> {
          if (card.state() == CardState.MAILED) {
            return;
          }
          require(card, CardState.ISSUED);
          move(journal, card, CardState.MAILED);
          journal
              .tx()
              .details()
              .mailed(subject, generation, mailedAt.orElse(journal.now()), trackingNumber);
          journal.note(card, AuditEvent.CARD_MAILED, trackingNumber);
        });
  }

  @Override
  public SubjectView returned(
      Caller caller, Subject subject, Generation generation, String reason) {
    Texts.require("reason", reason, 140);
    return changeCard(
        caller,
        subject,
        generation,
        (journal, card) -> {
          if (card.state() != CardState.RETURNED) {
            if (!card.before().equals(Optional.of(CardState.MAILED))) {
              require(card, CardState.MAILED);
            }
            Endings.returned(journal, card, reason);
          }
        });
  }

  @Override
  public SubjectView suspend(
      Caller caller, Subject subject, Optional<Generation> generation, String reason) {
    Texts.require("reason", reason, 140);
    if (generation.isPresent()) {
      return changeCard(
          caller,
          subject,
          generation.get(),
          (journal, card) -> {
            if (card.state() != CardState.SUSPENDED) {
              require(card, CardState.ISSUED, CardState.MAILED, CardState.ACTIVE, CardState.LOCKED);
            }
            Endings.suspend(journal, card, reason);
          });
    }
    return change(
        caller,
        subject,
        journal -> {
          var held =
              journal.tx().cards().of(subject).stream()
                  .map(card -> hold(journal.tx(), subject, card.generation()))
                  .filter(card -> !card.ended() && card.state() != CardState.ORDERED)
                  .toList();
          if (held.isEmpty()) {
            SubjectViews.requireKnown(journal.tx(), subject);
            throw new Refusal(Code.CARD_NOT_FOUND, "the subject has no card to suspend");
          }
          held.forEach(card -> Endings.suspend(journal, card, reason));
        });
  }

  @Override
  public SubjectView unlock(Caller caller, Subject subject, Generation generation, String reason) {
    Texts.require("reason", reason, 140);
    return changeCard(
        caller,
        subject,
        generation,
        (journal, card) -> {
          if (card.state() == CardState.ACTIVE || card.state() == CardState.MAILED) {
            return;
          }
          require(card, CardState.LOCKED, CardState.SUSPENDED);
          if (card.wrongInLife() >= policy.lifeLimit()) {
            throw new Refusal(
                Code.WRONG_STATE,
                "the card had too many wrong answers in its life; replace it by another");
          }
          var tx = journal.tx();
          tx.subjects().lock(subject);
          if (!card.inUse() && Ordering.underWay(tx.cards().of(subject)).isPresent()) {
            throw new Refusal(
                Code.WRONG_STATE, "another card is on its way; retire one of the two");
          }
          move(journal, card, card.before().orElseThrow());
          tx.cards().clearCounters(card);
          tx.details().reason(subject, generation, "");
          journal.note(card, AuditEvent.CARD_UNLOCKED, reason);
        });
  }

  @Override
  public SubjectView retire(Caller caller, Subject subject, Generation generation, String reason) {
    Texts.require("reason", reason, 140);
    return changeCard(
        caller,
        subject,
        generation,
        (journal, card) -> {
          if (card.state() != CardState.RETIRED) {
            if (card.ended()) {
              throw wrongState(card);
            }
            Endings.retire(journal, card, reason);
          }
        });
  }

  @Override
  public Page<Order> orders(int size, String token) {
    return inquiries.orders(size, token);
  }

  @Override
  public Page<AuditEntry> audit(Subject subject, int size, String token) {
    return inquiries.audit(subject, size, token);
  }

  @Override
  public List<FoundCard> find(Serial serial) {
    return inquiries.find(serial);
  }

  @Override
  public CardRecord record(Subject subject, Generation generation) {
    return inquiries.record(subject, generation);
  }

  private interface CardChange {
    void make(AuditedTx journal, CardRow card);
  }

  private SubjectView changeCard(
      Caller caller, Subject subject, Generation generation, CardChange change) {
    return change(
        caller, subject, journal -> change.make(journal, hold(journal.tx(), subject, generation)));
  }

  private SubjectView change(Caller caller, Subject subject, Consumer<AuditedTx> change) {
    return store.change(
        tx -> {
          change.accept(new AuditedTx(tx, caller, time.instant()));
          return views.of(tx, subject);
        });
  }

  private static CardRow hold(Tx tx, Subject subject, Generation generation) {
    return tx.cards()
        .lock(subject, generation)
        .orElseThrow(() -> SubjectViews.noCard(tx, subject, generation));
  }

  private static void move(AuditedTx journal, CardRow card, CardState to) {
    if (!journal.tx().cards().move(card, to, Optional.empty())) {
      throw new InvariantBroken("a card that was held has changed its state");
    }
  }

  private static void require(CardRow card, CardState... states) {
    if (!List.of(states).contains(card.state())) {
      throw wrongState(card);
    }
  }

  private static Refusal wrongState(CardRow card) {
    return new Refusal(
        Code.WRONG_STATE, "card %d is %s".formatted(card.generation().value(), card.state()));
  }

  private static Refusal unknown(Subject subject) {
    return SubjectViews.unknown(subject);
  }
}
