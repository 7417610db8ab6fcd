package karuta.server.api;

import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import karuta.card.BatchId;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardRecord;
import karuta.server.card.CardState;
import karuta.server.card.CardView;
import karuta.server.card.Cards;
import karuta.server.card.FoundCard;
import karuta.server.card.Method;
import karuta.server.card.Order;
import karuta.server.card.Page;
import karuta.server.card.Refusal;
import karuta.server.card.SubjectView;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.Transaction;
import org.jspecify.annotations.Nullable;

/// A domain that says what a test wants: by default everything goes well; {@link #next} makes every call fail, {@link
/// #hold} makes every call wait. It notes who called, and whether anybody called on an event loop.
final class FakeDomain implements Cards, Challenges {
  static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";

  final AtomicReference<@Nullable RuntimeException> next = new AtomicReference<>();
  final AtomicReference<Runnable> hold = new AtomicReference<>(() -> {});
  final AtomicReference<Caller> lastCaller = new AtomicReference<>(Caller.KARUTA);
  final AtomicReference<List<List<Integer>>> lastChoices = new AtomicReference<>(List.of());
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final AtomicInteger onEventLoop = new AtomicInteger();

  void heal() {
    next.set(null);
  }

  private void called(Caller caller) {
    lastCaller.set(caller);
    called();
  }

  private void called() {
    if (Context.isOnEventLoopThread()) {
      onEventLoop.incrementAndGet();
    }
    calls.incrementAndGet();
    hold.get().run();
    ended.incrementAndGet();
    var failure = next.get();
    if (failure != null) {
      throw failure;
    }
  }

  private SubjectView view(Subject subject) {
    return new SubjectView(
        subject,
        Method.CONFIRMATION_PASSWORD,
        List.of(card()),
        Optional.of(Refusal.Code.ORDER_OPEN));
  }

  private static CardView card() {
    return new CardView(
        new Generation(1),
        Optional.of(Serial.ofRandomDigits("0123456789")),
        CardState.MAILED,
        Profile.STANDARD,
        NOW,
        Optional.of(NOW),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        0,
        0,
        0,
        100,
        false,
        0);
  }

  @Override
  public SubjectView register(Caller caller, Subject subject, Method method) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView subject(Subject subject) {
    called();
    return view(subject);
  }

  @Override
  public SubjectView order(Caller caller, Subject subject, Profile profile) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView mail(
      Caller caller,
      Subject subject,
      Generation generation,
      String trackingNumber,
      Optional<Instant> mailedAt) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView returned(
      Caller caller, Subject subject, Generation generation, String reason) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView suspend(
      Caller caller, Subject subject, Optional<Generation> generation, String reason) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView unlock(Caller caller, Subject subject, Generation generation, String reason) {
    called(caller);
    return view(subject);
  }

  @Override
  public SubjectView retire(Caller caller, Subject subject, Generation generation, String reason) {
    called(caller);
    return view(subject);
  }

  @Override
  public Page<Order> orders(int size, String token) {
    called();
    return new Page<>(
        List.of(new Order(new Subject("customer-1"), new Generation(1), Profile.STANDARD, NOW)),
        "next");
  }

  @Override
  public Page<AuditEntry> audit(Subject subject, int size, String token) {
    called();
    return new Page<>(
        List.of(new AuditEntry(NOW, "front-end", AuditEvent.ANSWER_WRONG, 1, ID, 7, "")), "");
  }

  @Override
  public List<FoundCard> find(Serial serial) {
    called();
    return List.of(
        new FoundCard(new Subject("customer-1"), new Generation(1), CardState.MAILED),
        new FoundCard(new Subject("customer-2"), new Generation(3), CardState.ACTIVE));
  }

  @Override
  public CardRecord record(Subject subject, Generation generation) {
    called();
    return new CardRecord(
        subject,
        card(),
        new BatchId("b1"),
        new EpochId("e1"),
        "v1",
        new PaletteSeed(new byte[32]),
        List.of(
            new CardRecord.Draw(
                new karuta.bundle.DrawRecord(1, List.of(new Cell(0), new Cell(1)), new byte[32]),
                true,
                false)));
  }

  private ChallengeView challenge(Subject subject, Purpose purpose, Transaction transaction) {
    var choices = IntStream.range(0, 64).mapToObj(PictureId::new).toList();
    return new ChallengeView(
        new ChallengeId(ID),
        subject,
        purpose,
        transaction,
        "ZGlnZXN0",
        ChallengeState.OPEN,
        List.of(
            new ChallengeView.Question(
                List.of(
                    new ChallengeView.AskedCell(new Cell(26), choices),
                    new ChallengeView.AskedCell(new Cell(3), choices)))),
        "v1",
        NOW,
        NOW.plusSeconds(180),
        "",
        99,
        false);
  }

  private static Transaction empty() {
    return new Transaction("", "", "", "", List.of());
  }

  @Override
  public ChallengeView create(Caller caller, NewChallenge challenge) {
    called(caller);
    return challenge(challenge.subject(), challenge.purpose(), challenge.transaction());
  }

  @Override
  public ChallengeView activate(Caller caller, Subject subject, boolean noticeConfirmed) {
    called(caller);
    return challenge(subject, Purpose.ACTIVATION, empty());
  }

  @Override
  public ChallengeView read(Caller caller, ChallengeId id) {
    called(caller);
    return challenge(new Subject("customer-1"), Purpose.TRANSFER, empty());
  }

  @Override
  public Outcome answer(
      Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices) {
    lastChoices.set(choices);
    called(caller);
    return new Outcome.Wrong(new Outcome.Standing(CardState.ACTIVE, 4, 99, false));
  }

  @Override
  public int close(int limit) {
    return 0;
  }

  @Override
  public int sweep(int limit) {
    return 0;
  }
}
