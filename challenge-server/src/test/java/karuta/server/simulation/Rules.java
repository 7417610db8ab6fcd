package karuta.server.simulation;

import java.time.Duration;
import java.util.List;
import karuta.guard.journal.Caps;
import karuta.server.challenge.Policy;

/// What holds throughout one history: the bank's policy, the guard's caps, and how rough its days are.
///
/// @param unseen how many judgements a guard's reply brings at most besides its own
/// @param putBack what an old copy of may be put back
/// @param others in a thousand steps, how often somebody else gets ahead
/// @param faults in a thousand steps, how often one fails, its end unknown to the caller
/// @param ends in a thousand steps, how often the process ends
record Rules(
    Policy policy, Caps caps, int unseen, PutBack putBack, int others, int faults, int ends) {
  private static final int BANK = 10_000_000;

  /// What may be put back. Never both: then nothing is promised.
  enum PutBack {
    NOTHING,
    STORE,
    JOURNAL
  }

  /// Ordinary rules, and nothing goes wrong.
  static Rules calm() {
    var most = new Caps(100, 100, BANK, BANK, BANK);
    return new Rules(Policy.standard(), most, 50, PutBack.NOTHING, 0, 0, 0);
  }

  static Rules of(Chance chance) {
    return new Rules(
        policy(chance),
        caps(chance),
        chance.of(List.of(50, 50, 3, 1)),
        chance.oneIn(5) ? chance.of(List.of(PutBack.STORE, PutBack.JOURNAL)) : PutBack.NOTHING,
        chance.of(List.of(0, 20, 40, 60)),
        chance.of(List.of(0, 5, 15)),
        chance.of(List.of(0, 5, 15)));
  }

  private static Policy policy(Chance chance) {
    var stepUpAt = chance.from(2, 6);
    return new Policy(
        chance.from(2, 5),
        stepUpAt,
        chance.from(stepUpAt, 10),
        chance.from(2, 6),
        Duration.ofMinutes(3),
        chance.of(List.of(0, 10)),
        chance.oneIn(2),
        chance.oneIn(4),
        chance.oneIn(4) ? new Policy.Watch(2, 3, 4) : new Policy.Watch(20, 100, 500));
  }

  private static Caps caps(Chance chance) {
    var card = chance.oneIn(2);
    var bank = chance.oneIn(5);
    return new Caps(
        card ? chance.from(1, 6) : 100,
        card ? chance.from(2, 9) : 100,
        bank ? chance.from(2, 5) : BANK,
        bank ? chance.from(3, 7) : BANK,
        bank ? chance.from(5, 9) : BANK);
  }
}
