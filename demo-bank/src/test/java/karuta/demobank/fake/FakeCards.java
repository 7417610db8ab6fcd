package karuta.demobank.fake;

import com.google.protobuf.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import karuta.v1.AuditEntry;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Method;
import karuta.v1.Order;
import karuta.v1.Subject;
import org.jspecify.annotations.Nullable;

/// The card's life in the stand-in: subjects, cards, orders, audit.
final class FakeCards {
  final Map<String, Method> methods = new LinkedHashMap<>();
  final List<FakeCard> cards = new ArrayList<>();
  final Random random = new Random(20260101);
  final byte[] key = new byte[32];
  final InstantSource clock;
  private final Map<String, List<AuditEntry>> audit = new LinkedHashMap<>();

  FakeCards(InstantSource clock) {
    this.clock = clock;
    random.nextBytes(key);
  }

  Timestamp now() {
    var now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  Subject register(String subject, Method method) {
    methods.put(subject, method);
    log(subject, "back-office", "subject-registered", null, 0);
    return subject(subject);
  }

  Subject subject(String subject) {
    var method = methods.get(subject);
    if (method == null) {
      throw new Problem(404, "unknown_subject");
    }
    var refusal = "";
    if (method == Method.ONE_TIME_PASSWORD) {
      refusal = "not_eligible";
    } else if (of(subject).stream().anyMatch(FakeCards::coming)) {
      refusal = "order_open";
    }
    var reply =
        Subject.newBuilder()
            .setSubject(subject)
            .setMethod(method)
            .setCanOrder(refusal.isEmpty())
            .setOrderRefusal(refusal);
    of(subject).reversed().forEach(card -> reply.addCards(card.card));
    return reply.build();
  }

  private static boolean coming(FakeCard card) {
    return switch (card.card.getState()) {
      case ORDERED, ISSUED, MAILED -> true;
      default -> false;
    };
  }

  /// Oldest first.
  List<FakeCard> of(String subject) {
    return cards.stream().filter(card -> card.subject.equals(subject)).toList();
  }

  Subject order(String subject) {
    var known = subject(subject);
    if (known.getMethod() == Method.ONE_TIME_PASSWORD) {
      throw new Problem(409, "not_eligible");
    }
    if (known.getCanOrder()) {
      var card =
          Card.newBuilder()
              .setGeneration(of(subject).size() + 1)
              .setProfile("standard")
              .setState(CardState.ORDERED)
              .setOrderedAt(now());
      cards.add(new FakeCard(subject, card));
      log(subject, "front-end", "card-ordered", cards.getLast(), 0);
    }
    return subject(subject);
  }

  List<Order> orders() {
    return cards.stream()
        .filter(card -> card.card.getState() == CardState.ORDERED)
        .map(
            card ->
                Order.newBuilder()
                    .setSubject(card.subject)
                    .setGeneration(card.card.getGeneration())
                    .setProfile(card.card.getProfile())
                    .setOrderedAt(card.card.getOrderedAt())
                    .build())
        .toList();
  }

  FakeCard find(String subject, int generation) {
    return of(subject).stream()
        .filter(card -> card.card.getGeneration() == generation)
        .findFirst()
        .orElseThrow(() -> new Problem(404, "card_not_found"));
  }

  FakeCard bySerial(String serial) {
    return cards.stream()
        .filter(card -> card.card.getSerial().equals(serial))
        .findFirst()
        .orElseThrow(() -> new Problem(404, "card_not_found"));
  }

  Subject mail(FakeCard card, String trackingNumber) {
    var again =
        card.card.getState() == CardState.MAILED
            && card.card.getTrackingNumber().equals(trackingNumber);
    return again
        ? subject(card.subject)
        : move(card, "card-mailed", trackingNumber, CardState.MAILED, CardState.ISSUED);
  }

  Subject move(FakeCard card, String event, String reason, CardState to, CardState... from) {
    if (!List.of(from).contains(card.card.getState())) {
      throw new Problem(409, "wrong_state");
    }
    card.card.setState(to);
    switch (to) {
      case MAILED -> card.card.setMailedAt(now()).setTrackingNumber(reason);
      case SUSPENDED -> card.card.setReason(reason);
      case RETIRED, RETURNED -> card.card.setReason(reason).setEndedAt(now());
      default -> card.card.setWrongAnswers(0).setAbandonedQuestions(0);
    }
    log(card.subject, "back-office", event, card, 0, reason);
    return subject(card.subject);
  }

  Subject suspend(String subject, int generation, String reason) {
    for (var card : of(subject)) {
      var meant = generation == 0 || card.card.getGeneration() == generation;
      switch (card.card.getState()) {
        case ISSUED, MAILED, ACTIVE, LOCKED -> {
          if (meant) {
            move(card, "card-suspended", reason, CardState.SUSPENDED, card.card.getState());
          }
        }
        default -> {}
      }
    }
    return subject(subject);
  }

  void log(String subject, String actor, String event, @Nullable FakeCard card, int draw) {
    log(subject, actor, event, card, draw, "");
  }

  void log(
      String subject,
      String actor,
      String event,
      @Nullable FakeCard card,
      int draw,
      String detail) {
    var entry =
        AuditEntry.newBuilder()
            .setAt(now())
            .setActor(actor)
            .setEvent(event)
            .setDraw(draw)
            .setDetail(detail);
    if (card != null) {
      entry.setGeneration(card.card.getGeneration());
    }
    audit.computeIfAbsent(subject, _ -> new ArrayList<>()).addFirst(entry.build());
  }

  List<AuditEntry> audit(String subject) {
    return audit.getOrDefault(subject, List.of());
  }
}
