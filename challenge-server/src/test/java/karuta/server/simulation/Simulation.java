package karuta.server.simulation;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.database.SimulatedDatabase;
import karuta.database.SimulatedDatabase.Steps;
import karuta.guard.client.Judgement;
import karuta.guard.client.Reply;

/// Two servers and two guards on one store and one journal, all in one thread. At each step of what is under way,
/// chance may have others do something first, have the step fail, or end the process.
final class Simulation implements AutoCloseable {
  /// How many servers there are, each with a guard.
  static final int SERVERS = 2;

  private static final int DEPTH = 3;
  private static final long CALM = 0;

  private final Site site;
  private final Rules rules;
  private final Words words;
  private final SecureRandom random;
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<SimulatedGuard> guards = new ArrayList<>();
  private Chance chance = new Chance(CALM);
  private Runnable others = () -> {};
  private boolean disturbed;
  private int excuses;

  Simulation(Site site, Rules rules, Words words) {
    this(site, rules, words, CALM);
  }

  /// @param seed of what the program takes for a source of secrets
  Simulation(Site site, Rules rules, Words words, long seed) {
    this.site = site;
    this.rules = rules;
    this.words = words;
    this.random = new SeededRandom(seed);
    for (var i = 0; i < SERVERS; i++) {
      guards.add(new SimulatedGuard(this, i));
      servers.add(new SimulatedServer(this, i));
    }
  }

  Site site() {
    return site;
  }

  Rules rules() {
    return rules;
  }

  Words words() {
    return words;
  }

  SecureRandom random() {
    return random;
  }

  Chance chance() {
    return chance;
  }

  /// What callers other than the one under way do, wherever chance lets them.
  void others(Runnable does) {
    others = does;
  }

  /// Does something with its own choices.
  ///
  /// @param disturbing whether anything may happen on the way
  void with(Chance own, boolean disturbing, Runnable something) {
    chance = own;
    disturbed = disturbing;
    try {
      something.run();
    } finally {
      disturbed = false;
    }
  }

  void undisturbed(Runnable something) {
    with(new Chance(CALM), false, something);
  }

  /// The server of this number, started if it has ended.
  SimulatedServer server(int number) {
    if (!servers.get(number).running()) {
      var was = disturbed;
      disturbed = false;
      servers.set(number, new SimulatedServer(this, number));
      disturbed = was;
    }
    return servers.get(number);
  }

  /// The guard of this number, as it is.
  SimulatedGuard guard(int number) {
    return guards.get(number);
  }

  /// Starts the guards that have ended.
  void startGuards() {
    for (var i = 0; i < SERVERS; i++) {
      if (!guards.get(i).running()) {
        guards.set(i, new SimulatedGuard(this, i));
      }
    }
  }

  /// Ends all guards, whatever is under way in them.
  void stopGuards() {
    guards.forEach(SimulatedProcess::end);
  }

  /// Ends all servers, whatever is under way in them.
  void stopServers() {
    servers.forEach(SimulatedProcess::end);
  }

  /// Something has happened for which a call may end in a fault.
  void excuse() {
    excuses++;
  }

  int excuses() {
    return excuses;
  }

  /// A guard's reply has left it.
  void replied(Reply reply) {
    switch (reply) {
      case Reply.Judged judged -> {
        words.say("the guard says %s, and %s", number(judged.judgement()), numbers(judged));
        if (endsBefore(judged.unseen(), judged.judgement())) {
          excuse();
        }
      }
      case Reply.Refused refused -> {
        words.say("the guard refuses: %s, and says %s", refused.reason(), numbers(refused));
        switch (refused.reason()) {
          case BEHIND, BANK_CAPPED, KEY_CAPPED -> excuse();
          case FOLDED -> throw new AssertionError("nothing is folded here");
          case SPENT, CARD_CAPPED -> {}
        }
      }
    }
  }

  private static List<String> numbers(Reply reply) {
    return reply.unseen().stream().map(Simulation::number).toList();
  }

  private static String number(Judgement judgement) {
    return judgement.head().number() + " " + judgement.verdict();
  }

  /// Whether a list was too long for one reply.
  private static boolean endsBefore(List<Judgement> list, Judgement judgement) {
    return !list.isEmpty() && list.getLast().head().number() < judgement.head().number();
  }

  /// Whether the caller of an entry gives up before it is committed.
  boolean givesUp(SimulatedGuard guard) {
    if (disturbed && chance.perMille(rules.faults())) {
      words.say("%s keeps its caller waiting too long", guard);
      excuse();
      return true;
    }
    return false;
  }

  /// A step at which anything may happen.
  ///
  /// @param fault what the caller hears if the step fails
  void step(SimulatedProcess process, String where, Supplier<RuntimeException> fault) {
    process.goOn();
    if (!disturbed) {
      return;
    }
    fail(process, where, fault);
    if (others(rules.others())) {
      words.say("%s, %s:", process, where);
      words.within(others);
    }
    process.goOn();
  }

  private void fail(SimulatedProcess process, String where, Supplier<RuntimeException> fault) {
    if (chance.perMille(rules.ends())) {
      words.say("%s ends, %s", process, where);
      excuse();
      process.end();
      process.goOn();
    }
    if (chance.perMille(rules.faults())) {
      words.say("%s meets a fault, %s", process, where);
      excuse();
      throw fault.get();
    }
  }

  private boolean others(int rate) {
    return chance.perMille(rate) && words.depth() < DEPTH;
  }

  /// What a process meets on its way to a database.
  Steps steps(SimulatedProcess process, String database) {
    return new Steps() {
      @Override
      public void beginning() {
        step(process, "before a transaction of " + database, SimulatedDatabase::fault);
      }

      @Override
      public Optional<Runnable> meanwhile() {
        process.goOn();
        if (!disturbed || !others(rules.others() / 4)) {
          return Optional.empty();
        }
        return Optional.of(
            () -> {
              words.say("%s, within a transaction of %s:", process, database);
              words.within(others);
              process.goOn();
            });
      }

      @Override
      public void committing() {
        process.goOn();
        if (disturbed) {
          fail(process, "before a commit of " + database, SimulatedDatabase::fault);
        }
      }

      @Override
      public void committed() {
        step(process, "after a commit of " + database, SimulatedDatabase::fault);
      }
    };
  }

  @Override
  public void close() {
    stopServers();
    guards.forEach(SimulatedProcess::end);
  }
}
