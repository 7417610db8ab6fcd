package karuta.server.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.SimulatedDatabase;
import karuta.database.SimulatedDatabase.Steps;
import karuta.database.testing.TableCopy;
import karuta.guard.journal.Journal;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestTime;
import karuta.server.card.Method;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.model.Records;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.CardFactory;

/// The two databases, the token and the clock, as every history finds them: made once, and put back to their beginning
/// before each.
final class Site implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A card in use with a hundred draws, one with twelve of which most are used, one that is mailed, and one in use
  /// whose replacement is mailed.
  static final List<Subject> CUSTOMERS =
      List.of(new Subject("amy"), new Subject("ben"), new Subject("cho"), new Subject("dai"));

  private static final int USED = 8;
  private static final List<String> STORE =
      List.of(
          "subjects",
          "card_states",
          "cards",
          "books",
          "challenges",
          "verdicts",
          "audit",
          "alarms",
          "audit_seals",
          "guard_heads");
  private static final List<String> JOURNAL =
      List.of("guards", "cards", "judgements", "failure_minutes", "trips");

  final FakeJudgeToken token = new FakeJudgeToken(new byte[32]);
  final CardFactory cards = new CardFactory(token::tag, FakeJudgeToken.EPOCH);
  final SimulatedDatabase storeDatabase = SimulatedDatabase.make(Store.TABLES);
  final SimulatedDatabase journalDatabase = SimulatedDatabase.make(Journal.TABLES);

  /// Ways to both on which nothing happens.
  final Database store = storeDatabase.connect(Steps.NONE);

  final Database journal = journalDatabase.connect(Steps.NONE);

  private final TableCopy storeAtFirst;
  private final TableCopy journalAtFirst;

  /// What the beginning holds already.
  final int judgedAtFirst;

  private TestTime time = new TestTime();
  private Optional<Read> read = Optional.empty();

  /// What was read of both, when each had had so many commits.
  private record Read(long store, long journal, Records records) {}

  Site() {
    try (var made = new Simulation(this, Rules.calm(), new Words())) {
      made.undisturbed(() -> begin(made.server(0)));
    }
    storeAtFirst = copyStore();
    journalAtFirst = copyJournal();
    judgedAtFirst = records().judgements().size();
  }

  TestTime time() {
    return time;
  }

  /// Puts everything back to the beginning.
  void reset() {
    time = new TestTime();
    storeAtFirst.putBack(store);
    journalAtFirst.putBack(journal);
  }

  /// All that both hold now.
  Records records() {
    var known =
        read.filter(
            last ->
                last.store() == storeDatabase.commits()
                    && last.journal() == journalDatabase.commits());
    if (known.isEmpty()) {
      known =
          Optional.of(
              new Read(
                  storeDatabase.commits(),
                  journalDatabase.commits(),
                  Records.read(store, journal, Records.Order.AS_WRITTEN)));
      read = known;
    }
    return known.get().records();
  }

  TableCopy copyStore() {
    return TableCopy.of(store, STORE);
  }

  TableCopy copyJournal() {
    return TableCopy.of(journal, JOURNAL);
  }

  private void begin(SimulatedServer server) {
    for (var customer : CUSTOMERS) {
      server.core().cards().register(Bank.OFFICE, customer, Method.CONFIRMATION_PASSWORD);
      mail(server, customer, profile(customer));
    }
    for (var customer : List.of("amy", "ben", "dai")) {
      switchOn(server, new Subject(customer));
    }
    for (var i = 0; i < USED; i++) {
      pass(server, CUSTOMERS.get(1), "used-" + i);
    }
    mail(server, CUSTOMERS.get(3), Profile.STANDARD);
  }

  /// Makes an ordered card, and puts its book into the store as an import does.
  void issue(Subject customer, Generation generation) {
    var at = Store.over(store, PATIENCE);
    var _ = cards.issue(at, customer, generation, time.instant());
  }

  static Profile profile(Subject customer) {
    return customer.equals(CUSTOMERS.get(1)) ? Profile.NIST_800_63B : Profile.STANDARD;
  }

  private void mail(SimulatedServer server, Subject customer, Profile profile) {
    var registry = server.core().cards();
    var newest = registry.order(Bank.OFFICE, customer, profile).cards().getFirst().generation();
    issue(customer, newest);
    registry.mail(Bank.OFFICE, customer, newest, "RR123456785JP", Optional.empty());
  }

  private void switchOn(SimulatedServer server, Subject customer) {
    var challenge = server.core().challenges().activate(Bank.FRONT, customer, true);
    requirePassed(
        server
            .core()
            .challenges()
            .answer(
                Bank.FRONT,
                challenge.id(),
                new IdempotencyKey("switched-on-" + customer),
                cards.card(customer, new Generation(1), profile(customer)).answer(challenge)));
  }

  private void pass(SimulatedServer server, Subject customer, String reference) {
    var challenges = server.core().challenges();
    var challenge = challenges.create(Bank.FRONT, Bank.newTransfer(customer, reference, false));
    requirePassed(
        challenges.answer(
            Bank.FRONT,
            challenge.id(),
            new IdempotencyKey("passed-" + reference),
            cards.card(customer, new Generation(1), profile(customer)).answer(challenge)));
  }

  private static void requirePassed(Outcome outcome) {
    if (!(outcome instanceof Outcome.Passed)) {
      throw new AssertionError("a card was not brought into use: " + outcome);
    }
  }

  @Override
  public void close() {
    storeDatabase.close();
    journalDatabase.close();
  }
}
