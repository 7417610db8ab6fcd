package karuta.server.simulation;

import static karuta.server.model.Violation.unless;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.card.Subject;
import karuta.server.challenge.Outcome;
import karuta.server.model.Records;
import karuta.server.model.Told;

/// One history: what is done, in which order, with what goes wrong, all of it from one number.
///
/// @param seed the number
/// @param steps those of its steps that are taken; the others are left out
/// @param calm those in which nothing goes wrong and nobody gets ahead
record History(long seed, List<Integer> steps, List<Integer> calm) {
  /// How many steps a history has.
  static final int LENGTH = 20;

  private static final int ROUNDS = 10;
  private static final Duration LATER = Duration.ofHours(1);
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /// The whole of a history.
  static History of(long seed) {
    return new History(seed, IntStream.range(0, LENGTH).boxed().toList(), List.of());
  }

  /// A promise that it broke.
  ///
  /// @param words all that happened before
  record Broken(History history, Throwable promise, String words) {
    @Override
    public String toString() {
      return "seed %d, steps %s, calm %s: %s%n%s%n"
          .formatted(history.seed(), history.steps(), history.calm(), promise, words);
    }
  }

  /// Lets it happen.
  Optional<Broken> run(Site site) {
    return run(site, new Words());
  }

  /// All that happens in it.
  String words(Site site) {
    var words = new Words();
    var broken = run(site, words);
    return words + broken.map(found -> found.promise().getMessage()).orElse("");
  }

  private Optional<Broken> run(Site site, Words words) {
    site.reset();
    var rules = Rules.of(new Chance(seed));
    words.say("%s", rules);
    try (var simulation = new Simulation(site, rules, words, seed)) {
      new Run(simulation).run();
      return Optional.empty();
    } catch (RuntimeException | Error broken) {
      return Optional.of(new Broken(this, broken, words.toString()));
    }
  }

  private final class Run {
    private final Simulation simulation;
    private final Told told = new Told();
    private final Promises promises;
    private final Callers callers;
    private final List<Subject> customers;

    Run(Simulation simulation) {
      this.simulation = simulation;
      this.promises = new Promises(simulation, told);
      var chance = new Chance(~seed);
      var one = chance.of(Site.CUSTOMERS);
      this.customers = chance.oneIn(3) ? List.of(one, chance.of(Site.CUSTOMERS)) : List.of(one);
      this.callers = new Callers(simulation, told, promises, customers);
    }

    void run() {
      simulation.others(callers::act);
      for (var step : steps) {
        simulation.words().say("step %d", step);
        simulation.with(new Chance(seed + STEP * (step + 1)), !calm.contains(step), callers::act);
        promises.check();
      }
      simulation.undisturbed(this::comeToRest);
      simulation.undisturbed(this::goOn);
    }

    /// Nothing goes wrong any more, time passes, and what has ended is settled and closed.
    private void comeToRest() {
      callers.startGuards();
      for (var i = 0; i < Simulation.SERVERS; i++) {
        callers.goOn(i);
      }
      callers.pass(LATER);
      var before = simulation.site().records();
      for (var round = 0; round < ROUNDS; round++) {
        for (var i = 0; i < Simulation.SERVERS; i++) {
          callers.sweep(simulation.server(i));
          callers.close(simulation.server(i));
        }
        var after = simulation.site().records();
        if (after.equals(before)) {
          break;
        }
        before = after;
      }
      promises.checkAtRest();
    }

    /// A card that is in use can be used.
    private void goOn() {
      for (var customer : customers) {
        var before = simulation.site().records();
        before.cards().stream()
            .filter(card -> card.name().startsWith(customer.value() + "/"))
            .forEach(card -> goOn(before, customer, card));
      }
      promises.check();
    }

    private void goOn(Records before, Subject customer, Records.Card card) {
      var question =
          switch (card.state()) {
            case "ACTIVE" -> callers.ask(simulation.server(0), customer, "the last", false);
            case "MAILED" -> callers.askForActivation(simulation.server(1), customer);
            default -> Optional.<Told.Asked>empty();
          };
      if (question.isEmpty()) {
        return;
      }
      var outcome = callers.answer(simulation.server(1), question.get(), true, told.newKey());
      unless(
          outcome.filter(Outcome.Passed.class::isInstance).isPresent()
              || promises.mayBeRefused(before, card),
          "%s is in use, and its right answer got %s",
          card.name(),
          outcome);
      unless(
          outcome.filter(Outcome.Passed.class::isInstance).isEmpty()
              || !promises.isStuck(before, card),
          "%s passed, though store and journal do not know the same of it",
          card.name());
    }
  }
}
