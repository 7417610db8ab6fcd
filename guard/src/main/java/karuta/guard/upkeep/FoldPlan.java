package karuta.guard.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Chain;
import karuta.guard.journal.JudgementTable;

/// What a fold is about to do.
///
/// @param before only older judgements are folded
/// @param stretches of the guards' chains; none of a guard that has nothing to fold
record FoldPlan(Instant before, List<Stretch> stretches) {
  /// No receipt is good for longer than a day, no question is open for longer than an hour, and a server that lives
  /// settles and closes within minutes.
  static final Duration SHORTEST = Duration.ofDays(35);

  /// The end of each chain that stays, whatever its age: what tokens, servers and requests remember of a guard that is
  /// in use is among it. A token remembers a head of at most 10,000 judgements ago.
  static final long KEPT = 20_000;

  /// Blocks that a token may have been told of.
  private static final long LONGEST_BLOCK = 1_000_000;

  FoldPlan {
    stretches = List.copyOf(stretches);
  }

  /// The rows of a guard after one number up to another.
  record Stretch(String guard, long after, long to, long rows) {}

  /// How many judgements.
  long rows() {
    return stretches.stream().mapToLong(Stretch::rows).sum();
  }

  /// Counted back from the last judgement and not from the clock: one that is wrong for a while folds nothing too
  /// early.
  ///
  /// @param age that judgements have which are folded
  /// @param kept how many at the end of each chain stay
  /// @param remembered what the token remembers of a guard
  /// @throws CommandFailed if the journal lacks it: then it is not the one that is to be signed
  static FoldPlan of(Sql sql, Duration age, long kept, Optional<ChainHead> remembered) {
    remembered.ifPresent(head -> requireHeld(sql, head));
    var chains = Rows.chains(sql);
    var before =
        chains.stream().map(Chain::at).max(Instant::compareTo).orElse(Instant.EPOCH).minus(age);
    var stretches = new ArrayList<Stretch>();
    for (var chain : chains) {
      var place =
          remembered
              .filter(head -> head.guard().equals(chain.guard()))
              .flatMap(head -> Rows.place(sql, head));
      var last =
          Math.min(chain.sequence() - kept, place.map(number -> number - 1).orElse(Long.MAX_VALUE));
      var stretch = Rows.stretch(sql, chain.guard(), last, before);
      if (stretch.rows() > 0) {
        stretches.add(stretch);
      }
    }
    return new FoldPlan(before, stretches);
  }

  private static void requireHeld(Sql sql, ChainHead head) {
    var from = Math.max(1, head.sequence() - LONGEST_BLOCK);
    if (!JudgementTable.has(sql, head.guard(), head.hash(), from, head.sequence())) {
      throw new CommandFailed(
          ExitCode.INTEGRITY,
          "nothing is folded: the journal is older than what the token remembers of guard %s; see docs/ceremonies/guard-officers.md"
              .formatted(head.guard()),
          null);
    }
  }
}
