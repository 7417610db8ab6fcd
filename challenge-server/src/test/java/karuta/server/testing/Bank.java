package karuta.server.testing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TableCopy;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.journal.Caps;
import karuta.guard.journal.Journal;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestTime;
import karuta.server.Core;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.card.CardView;
import karuta.server.card.Cards;
import karuta.server.card.Method;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Policy;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.Transaction;
import karuta.server.store.BookRow;
import karuta.server.store.Store;
import karuta.server.watch.Observer;

/// A bank with its customers: the domain over a real store, a guard's own judging over a fake token, and the printed
/// cards that are out.
public final class Bank implements AutoCloseable {
  /// The bank's front end.
  public static final Caller FRONT = new Caller("front");

  /// The bank's back office.
  public static final Caller OFFICE = new Caller("office");

  /// Who takes its receipts.
  public static final String AUDIENCE = "core-banking";

  /// Out of the way: the bank's own limits are what most tests are about.
  private static final Caps CAPS = new Caps(100, 100, 10_000_000, 10_000_000, 10_000_000);

  private static final List<String> TABLES =
      List.of(
          "subjects",
          "card_states",
          "cards",
          "books",
          "challenges",
          "verdicts",
          "audit",
          "audit_seals",
          "guard_heads");

  private static final int KEYS = 10_000_000;
  private static final BatchId BATCH = new BatchId("b1");

  private final Random cardsMade = new Random(20260105);
  private final AtomicInteger keys = new AtomicInteger();
  private final Map<String, PrintedCard> printed = new ConcurrentHashMap<>();

  public final TestTime time;

  /// Whether the guards are this bank's, and not another's.
  private final boolean first;

  public final TestGuards guards;

  /// The token behind the guards.
  public final FakeJudgeToken token;

  /// The guard that this server asks.
  public final Guard guard;

  public final Store store;
  public final Core core;

  /// Numbers the next cards get; random ones when there are none.
  public final Queue<Serial> nextSerials = new ConcurrentLinkedQueue<>();

  /// How this server knows the bank-wide alarm to stand.
  public final AtomicBoolean guessing = new AtomicBoolean();

  /// Of the books that are issued from now on.
  public final AtomicReference<EpochId> epoch = new AtomicReference<>(FakeJudgeToken.EPOCH);

  public final Queue<Observer.Event> seen = new ConcurrentLinkedQueue<>();

  /// Run when the guard has told, and before anything is settled.
  public final AtomicReference<Runnable> afterJudged = new AtomicReference<>(() -> {});

  /// Where the store is.
  public final DatabaseSettings settings;

  private Bank(
      DatabaseSettings settings,
      Policy policy,
      TestGuards guards,
      Guard guard,
      boolean first,
      Function<Store, InstantSource> ofRecord) {
    this.first = first;
    this.settings = settings;
    this.time = guards.time;
    this.guards = guards;
    this.token = guards.token;
    this.guard = guard;
    this.store = Store.open(settings);
    this.core =
        Core.of(
            new Core.Parts(
                store,
                new HookedGuard(guard, () -> afterJudged.get().run()),
                policy,
                AUDIENCE,
                ofRecord.apply(store),
                new SecureRandom(),
                observer()));
  }

  private Observer observer() {
    return new Observer() {
      @Override
      public void saw(Event event) {
        seen.add(event);
      }

      @Override
      public void guessing(boolean raised) {
        guessing.set(raised);
      }
    };
  }

  public static Bank open(DatabaseSettings settings, Policy policy) {
    return open(settings, TestDatabase.SQLITE.fresh(Journal.TABLES), policy);
  }

  /// A bank whose guard has its journal there.
  public static Bank open(DatabaseSettings settings, DatabaseSettings journal, Policy policy) {
    var guards = new TestGuards(journal, CAPS);
    return new Bank(settings, policy, guards, guards.open("guard-1"), true, _ -> guards.time);
  }

  /// A server whose machine has this clock, and which keeps time as a server does.
  public static Bank onMachine(DatabaseSettings settings, Policy policy, InstantSource machine) {
    var guards = new TestGuards(TestDatabase.SQLITE, CAPS);
    return new Bank(
        settings, policy, guards, guards.open("guard-1"), true, store -> store.clock(machine));
  }

  /// Another server of the same bank, on the same database, with a guard of its own on the same journal.
  public Bank another(DatabaseSettings settings, Policy policy) {
    var bank = new Bank(settings, policy, guards, guards.open("guard-2"), false, _ -> time);
    bank.adopt(this);
    return bank;
  }

  /// Another server, whose machine has a clock of its own, and which keeps time as a server does.
  public Bank another(DatabaseSettings settings, Policy policy, InstantSource machine) {
    var bank =
        new Bank(
            settings, policy, guards, guards.open("guard-2"), false, store -> store.clock(machine));
    bank.adopt(this);
    return bank;
  }

  /// All that the store holds.
  public TableCopy copy() {
    try (var database = Database.open(settings, Store.TABLES)) {
      return TableCopy.of(database, TABLES);
    }
  }

  /// Puts a copy back, under running servers.
  public void putBack(TableCopy copy) {
    try (var database = Database.open(settings, Store.TABLES)) {
      copy.putBack(database);
    }
  }

  /// Changes one row of the store behind everybody's back.
  public void tamper(String change, Object... parameters) {
    try (var database = Database.open(settings, Store.TABLES)) {
      database.change(
          sql -> {
            sql.changeOne(change, parameters);
            return change;
          });
    }
  }

  /// Learns of the cards another server's bank has printed.
  public void adopt(Bank other) {
    printed.putAll(other.printed);
  }

  public Cards cards() {
    return core.cards();
  }

  public Challenges challenges() {
    return core.challenges();
  }

  /// A customer on the numeric confirmation password, with a card on its way.
  public Subject withMailedCard(String name) {
    return withMailedCard(name, Profile.STANDARD);
  }

  public Subject withMailedCard(String name, Profile profile) {
    var subject = new Subject(name);
    cards().register(OFFICE, subject, Method.CONFIRMATION_PASSWORD);
    cards().order(FRONT, subject, profile);
    issue(subject);
    cards().mail(OFFICE, subject, newest(subject).generation(), "RR123456785JP", Optional.empty());
    return subject;
  }

  /// A customer with a card in use.
  public Subject withActiveCard(String name) {
    return withActiveCard(name, Profile.STANDARD);
  }

  public Subject withActiveCard(String name, Profile profile) {
    var subject = withMailedCard(name, profile);
    switchOn(subject);
    return subject;
  }

  /// Orders, makes and mails another card for a customer who has one.
  public void withReplacementMailed(Subject subject) {
    cards().order(FRONT, subject, Profile.STANDARD);
    issue(subject);
    cards().mail(OFFICE, subject, newest(subject).generation(), "RR123456785JP", Optional.empty());
  }

  /// Answers the activation question of the card on its way.
  public void switchOn(Subject subject) {
    var challenge = challenges().activate(FRONT, subject, true);
    var outcome = answer(challenge, printed(subject).answer(challenge));
    if (!(outcome instanceof Outcome.Passed)) {
      throw new AssertionError("the switch ended in " + outcome);
    }
  }

  /// Makes the ordered card and puts its book into the store.
  public void issue(Subject subject) {
    var order = newest(subject);
    var card = make(subject, order);
    store.change(
        tx -> {
          var row = tx.cards().lock(subject, order.generation()).orElseThrow();
          tx.cards().move(row, CardState.ISSUED, Optional.empty());
          tx.books().add(BookRow.of(card.book(), BATCH, epoch.get(), "v1"));
          tx.details().issued(subject, order.generation(), time.instant());
          return row;
        });
  }

  /// Prints the ordered card without putting its book anywhere.
  public PrintedCard make(Subject subject, CardView order) {
    synchronized (cardsMade) {
      var planned = nextSerials.poll();
      var id =
          new CardId(
              planned != null
                  ? planned
                  : Serial.ofRandomDigits(
                      String.format(Locale.ROOT, "%010d", cardsMade.nextLong(10_000_000_000L))),
              order.generation());
      var card = new PrintedCard(subject, id, order.profile(), token::tag, cardsMade);
      printed.put(name(subject, order.generation()), card);
      return card;
    }
  }

  public CardView newest(Subject subject) {
    return cards().subject(subject).cards().getFirst();
  }

  public CardView card(Subject subject, int generation) {
    return cards().subject(subject).cards().stream()
        .filter(card -> card.generation().value() == generation)
        .findFirst()
        .orElseThrow();
  }

  /// The newest card of a customer, as it was printed.
  public PrintedCard printed(Subject subject) {
    return printed(subject, newest(subject).generation().value());
  }

  public PrintedCard printed(Subject subject, int generation) {
    return Optional.ofNullable(printed.get(name(subject, new Generation(generation))))
        .orElseThrow();
  }

  /// A question for a transfer; the reference makes it one or another.
  public ChallengeView transfer(Subject subject, String reference) {
    return challenges().create(FRONT, newTransfer(subject, reference, false));
  }

  public static NewChallenge newTransfer(Subject subject, String reference, boolean stepUp) {
    return new NewChallenge(
        subject,
        Purpose.TRANSFER,
        new Transaction(reference, "山田 花子", "10000", "JPY", List.of()),
        stepUp);
  }

  public Outcome answer(ChallengeView challenge, List<List<Integer>> choices) {
    return challenges().answer(FRONT, challenge.id(), key(), choices);
  }

  /// Opens a question and answers it right.
  public Outcome pass(Subject subject, String reference) {
    var challenge = transfer(subject, reference);
    return answer(challenge, printed(subject).answer(challenge));
  }

  /// Opens a question and answers it wrong.
  public Outcome fail(Subject subject, String reference) {
    var challenge = transfer(subject, reference);
    return answer(challenge, printed(subject).wrongAnswer(challenge));
  }

  /// A key that was not used before.
  public IdempotencyKey key() {
    return new IdempotencyKey(
        "key-" + (KEYS + keys.incrementAndGet()) + "-" + System.identityHashCode(this));
  }

  public void pass(Duration passing) {
    time.pass(passing);
  }

  @Override
  public void close() {
    store.close();
    if (first) {
      guards.close();
    }
  }

  private static String name(Subject subject, Generation generation) {
    return subject.value() + "/" + generation.value();
  }
}
