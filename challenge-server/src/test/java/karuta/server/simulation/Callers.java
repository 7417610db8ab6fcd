package karuta.server.simulation;

import static karuta.server.model.Violation.unless;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.TableCopy;
import karuta.guard.client.GuardUnavailable;
import karuta.server.Core;
import karuta.server.card.CardView;
import karuta.server.card.Refusal;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.server.model.Violation;
import karuta.server.simulation.Rules.PutBack;
import karuta.server.simulation.SimulatedProcess.Ended;
import karuta.server.store.StoreBehind;
import karuta.server.testing.Bank;
import karuta.server.testing.PrintedCard;

/// What is done to a bank in a history: customers ask and answer, some of them guessing, its people look after cards,
/// the servers after what has ended, time passes, parts stop and start.
final class Callers {
  private static final int GENERATIONS = 4;
  private static final int SWEEP = 200;
  private static final int PALETTE = 64;
  private static final Generation FIRST = new Generation(1);

  private final Simulation simulation;
  private final Told told;
  private final Promises promises;
  private final Words words;
  private final List<Subject> customers;
  private final List<TableCopy> copies = new ArrayList<>();

  /// @param customers whom it is about
  Callers(Simulation simulation, Told told, Promises promises, List<Subject> customers) {
    this.simulation = simulation;
    this.told = told;
    this.promises = promises;
    this.words = simulation.words();
    this.customers = customers;
  }

  private record Act(int weight, Runnable does) {}

  /// Something is done, by chance.
  void act() {
    var acts =
        List.of(
            new Act(26, this::ask),
            new Act(38, this::answer),
            new Act(4, this::askForActivation),
            new Act(3, this::suspend),
            new Act(7, this::unlock),
            new Act(2, this::end),
            new Act(4, this::replace),
            new Act(4, this::sweep),
            new Act(6, this::close),
            new Act(7, this::passTime),
            new Act(2, this::read),
            new Act(4, this::startOrStop),
            new Act(simulation.rules().putBack() == PutBack.NOTHING ? 0 : 7, this::putBack));
    var at = chance().from(1, acts.stream().mapToInt(Act::weight).sum());
    for (var act : acts) {
      at -= act.weight();
      if (at <= 0) {
        act.does().run();
        return;
      }
    }
  }

  private Chance chance() {
    return simulation.chance();
  }

  private SimulatedServer server() {
    return simulation.server(chance().from(0, Simulation.SERVERS - 1));
  }

  /// Makes a call, and looks whether it ends as a call may.
  ///
  /// @return what it returned; nothing if it was refused, met a fault, or got no reply
  private <T> Optional<T> call(SimulatedServer server, String what, Function<Core, T> call) {
    words.say("%s: %s", server, what);
    var excuses = simulation.excuses();
    try {
      return Optional.of(call.apply(server.core()));
    } catch (Ended end) {
      unless(end.of(server), "%s was told that another process has ended", what);
      words.say("  no reply to: %s", what);
    } catch (Refusal refusal) {
      words.say("  refused: %s", refusal);
    } catch (DatabaseUnavailable | GuardUnavailable fault) {
      words.say("  fault: %s", fault);
      if (simulation.excuses() == excuses) {
        throw new Violation("a fault where nothing had failed: " + what, fault);
      }
    } catch (StoreBehind behind) {
      words.say("  %s", behind);
      if (!promises.storePutBack()) {
        throw new Violation("the store is behind, and was never put back: " + what, behind);
      }
    } catch (RuntimeException defect) {
      throw new Violation("a call ended as none may: " + what + ", " + defect, defect);
    }
    return Optional.empty();
  }

  private void ask() {
    ask(server(), chance().of(customers), "t-" + chance().from(1, 3), chance().oneIn(6));
  }

  Optional<Asked> ask(SimulatedServer server, Subject customer, String reference, boolean stepUp) {
    var passed = told.passed();
    var what = "a question for %s, %s%s".formatted(customer, reference, stepUp ? ", step-up" : "");
    return call(
            server,
            what,
            core ->
                core.challenges().create(Bank.FRONT, Bank.newTransfer(customer, reference, stepUp)))
        .map(view -> came(view, passed));
  }

  private void askForActivation() {
    askForActivation(server(), chance().of(customers));
  }

  Optional<Asked> askForActivation(SimulatedServer server, Subject customer) {
    var passed = told.passed();
    return call(
            server,
            "the activation of the card of " + customer,
            core -> core.challenges().activate(Bank.FRONT, customer, true))
        .map(view -> came(view, passed));
  }

  /// @param passed whose pass was told before this question was asked for
  private Asked came(ChallengeView view, Set<String> passed) {
    var known = told.question(view.id().value());
    if (known.isPresent()) {
      words.say("  again %s", known.get());
      return known.get();
    }
    var challenge =
        simulation
            .site()
            .records()
            .challenge(view.id().value())
            .orElseThrow(() -> new Violation("a question was put that is not in the store"));
    var asked = told.came(view, challenge.card(), challenge.draws());
    words.say("  %s asks draws %s of %s", asked, asked.draws, asked.card);
    for (var draw : asked.draws) {
      unless(
          promises.storePutBack() || !passed.contains(Told.name(asked.card, draw)),
          "%s asks draw %d, which had passed",
          asked,
          draw);
    }
    return asked;
  }

  private void answer() {
    var customer = chance().of(customers);
    var questions =
        told.questions().stream()
            .filter(question -> question.view.subject().equals(customer))
            .toList();
    if (questions.isEmpty()) {
      ask();
      return;
    }
    var question = chance().oneIn(4) ? chance().of(questions) : questions.getLast();
    answer(server(), question, chance().from(1, 100) <= 45, key(question, questions));
  }

  private IdempotencyKey key(Asked question, List<Asked> questions) {
    var which = chance().from(1, 100);
    if (which <= 25 && !question.keys.isEmpty()) {
      return chance().of(question.keys);
    }
    var other = chance().of(questions);
    if (which <= 35 && !other.keys.isEmpty()) {
      return chance().of(other.keys);
    }
    return told.newKey();
  }

  Optional<Outcome> answer(
      SimulatedServer server, Asked question, boolean right, IdempotencyKey key) {
    var choices = choices(question, right);
    question.keys.add(key);
    question.answeredRight |= right;
    question.answeredWrong |= !right;
    var what =
        "%s answer to %s under %s".formatted(right ? "a right" : "a wrong", question, key.value());
    var outcome =
        call(
            server,
            what,
            core -> core.challenges().answer(Bank.FRONT, question.view.id(), key, choices));
    outcome.ifPresent(
        told -> {
          words.say("  %s: %s", question, name(told));
          this.told.came(question, key, told, promises.storePutBack());
        });
    return outcome;
  }

  private static String name(Outcome outcome) {
    return "%s, the card %s"
        .formatted(outcome.getClass().getSimpleName(), outcome.standing().cardState());
  }

  private List<List<Integer>> choices(Asked question, boolean right) {
    var choices = new ArrayList<List<Integer>>(printed(question).answer(question.view));
    if (!right) {
      var draw = chance().from(0, choices.size() - 1);
      var cells = new ArrayList<>(choices.get(draw));
      var cell = chance().from(0, cells.size() - 1);
      cells.set(cell, (cells.get(cell) + chance().from(1, PALETTE - 1)) % PALETTE);
      choices.set(draw, cells);
    }
    return choices;
  }

  private PrintedCard printed(Asked question) {
    var generation = question.card.substring(question.card.indexOf('/') + 1);
    return simulation
        .site()
        .cards
        .card(
            question.view.subject(),
            new Generation(Integer.parseInt(generation)),
            Site.profile(question.view.subject()));
  }

  private Generation generation() {
    return chance().oneIn(3) ? new Generation(chance().from(1, GENERATIONS)) : FIRST;
  }

  private void suspend() {
    var customer = chance().of(customers);
    var generation = chance().oneIn(2) ? Optional.of(generation()) : Optional.<Generation>empty();
    call(
        server(),
        "suspend %s %s".formatted(customer, generation.map(Generation::value).orElse(0)),
        core -> core.cards().suspend(Bank.OFFICE, customer, generation, "lost"));
  }

  private void unlock() {
    var customer = chance().of(customers);
    var generation = generation();
    call(
        server(),
        "unlock %s %d".formatted(customer, generation.value()),
        core -> core.cards().unlock(Bank.OFFICE, customer, generation, "found"));
  }

  private void end() {
    var customer = chance().of(customers);
    var generation = generation();
    var returned = chance().oneIn(2);
    call(
        server(),
        "%s %s %d".formatted(returned ? "return" : "retire", customer, generation.value()),
        core ->
            returned
                ? core.cards().returned(Bank.OFFICE, customer, generation, "moved")
                : core.cards().retire(Bank.OFFICE, customer, generation, "worn"));
  }

  /// The next step of a replacement: ordered, made, mailed.
  private void replace() {
    var customer = chance().of(customers);
    var server = server();
    var newest =
        call(server, "look at " + customer, core -> core.cards().subject(customer))
            .map(subject -> subject.cards().getFirst());
    if (newest.isEmpty()) {
      return;
    }
    var generation = newest.get().generation();
    switch (newest.get().state()) {
      case ORDERED -> issue(customer, newest.get());
      case ISSUED ->
          call(
              server,
              "mail %s %d".formatted(customer, generation.value()),
              core ->
                  core.cards()
                      .mail(Bank.OFFICE, customer, generation, "RR123456785JP", Optional.empty()));
      case MAILED, ACTIVE, LOCKED, SUSPENDED, RETIRED, RETURNED ->
          call(
              server,
              "order for " + customer,
              core -> core.cards().order(Bank.FRONT, customer, Site.profile(customer)));
    }
  }

  private void issue(Subject customer, CardView card) {
    words.say("the card of %s is made", customer);
    simulation.site().issue(customer, card.generation());
  }

  private void sweep() {
    sweep(server());
  }

  int sweep(SimulatedServer server) {
    return call(server, "sweep", core -> core.challenges().sweep(SWEEP)).orElse(0);
  }

  private void close() {
    close(server());
  }

  int close(SimulatedServer server) {
    return call(server, "close", core -> core.challenges().close(SWEEP)).orElse(0);
  }

  private void passTime() {
    pass(chance().of(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(3))));
  }

  void pass(Duration time) {
    words.say("%d s pass", time.toSeconds());
    simulation.site().time().pass(time);
  }

  private void read() {
    var questions = told.questions();
    if (!questions.isEmpty()) {
      var question = chance().of(questions);
      call(
              server(),
              "read " + question,
              core -> core.challenges().read(Bank.FRONT, question.view.id()))
          .ifPresent(view -> words.say("  %s: %s", question, view.state()));
    }
  }

  private void startOrStop() {
    var number = chance().from(0, Simulation.SERVERS - 1);
    switch (chance().from(1, 4)) {
      case 1 -> {
        words.say("server %d is stopped", number);
        simulation.server(number).end();
        simulation.excuse();
      }
      case 2 -> {
        words.say("guard %d is stopped", number);
        simulation.guard(number).end();
        simulation.excuse();
      }
      case 3 -> goOn(number);
      default -> startGuards();
    }
  }

  void startGuards() {
    words.say("the guards run");
    simulation.startGuards();
  }

  /// A guard commits what its callers wait for no more.
  void goOn(int number) {
    var guard = simulation.guard(number);
    if (guard.running() && guard.journal().left() > 0) {
      words.say("%s goes on with what nobody waits for", guard);
      guard.journal().goOn();
    }
  }

  /// An old copy is made, or put back in its place.
  private void putBack() {
    Supplier<TableCopy> copy =
        simulation.rules().putBack() == PutBack.STORE
            ? simulation.site()::copyStore
            : simulation.site()::copyJournal;
    if (copies.isEmpty() || chance().oneIn(3)) {
      words.say("copy %d of the %s", copies.size() + 1, simulation.rules().putBack());
      copies.add(copy.get());
      return;
    }
    var old = chance().of(copies);
    words.say("copy %d is put back", copies.indexOf(old) + 1);
    if (simulation.rules().putBack() == PutBack.STORE) {
      simulation.stopServers();
      simulation.excuse();
      old.putBack(simulation.site().store);
      promises.hasOldStore();
    } else {
      // one that has written refuses for good until it is started again; see JudgingTest
      simulation.stopGuards();
      simulation.excuse();
      promises.hasOldJournal(() -> old.putBack(simulation.site().journal));
    }
  }
}
