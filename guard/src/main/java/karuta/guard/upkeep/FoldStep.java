package karuta.guard.upkeep;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Sql;
import karuta.guard.journal.Chain;
import karuta.guard.upkeep.CheckpointTable.Stored;
import karuta.guard.upkeep.FoldPlan.Stretch;

/// One step of a fold, computed from one state of the journal: some rows at the beginning of a guard's chain, what they
/// come to, and the checkpoint that says so. Nothing else ever changes those rows, so it may be signed and written
/// later.
///
/// Each row is held against both of its chains as it is taken: what is not as a guard wrote it is not folded.
///
/// @param after the number of the guard's last row that was folded before
/// @param rows how many follow it that are folded now
/// @param chain where the guard's rows begin then
/// @param bases those that change
/// @param sums of the digest over all bases
record FoldStep(
    Checkpoint checkpoint, long after, int rows, Chain chain, List<Base> bases, SetDigest sums) {
  FoldStep {
    bases = List.copyOf(bases);
  }

  /// A card of which rows are folded.
  private record Walked(Optional<Base> before, CardReplay replay) {
    static Walked from(Sql sql, Rows.Key card) {
      var base = Base.find(sql, card.subject(), card.generation());
      return new Walked(
          base,
          CardReplay.from(sql, base.orElseGet(() -> Base.none(card.subject(), card.generation()))));
    }
  }

  /// The next step, of the first guard of a plan that can go on; none if no guard can.
  ///
  /// A card's rows are folded in their order. So a guard waits where the row before one of its own is another guard's
  /// and not yet folded, and the fold ends where all wait.
  ///
  /// @param keys those for seals
  /// @param together at most so many rows
  /// @throws CommandFailed if something is not as a guard wrote it
  static Optional<FoldStep> next(Sql sql, FoldPlan plan, JWKSet keys, int together) {
    var stored = CheckpointTable.last(sql);
    var last = stored.map(one -> verified(one, keys)).orElse(Checkpoint.NONE);
    require(
        CheckpointTable.chains(sql).equals(last.chains()), "rows begin where no checkpoint says");
    for (var stretch : plan.stretches()) {
      var walk = new Walk(sql, last.chain(stretch.guard()));
      for (var linked : Rows.linked(sql, stretch.guard(), walk.chain().sequence(), together)) {
        if (!walk.took(linked, stretch, plan.before())) {
          break;
        }
      }
      if (walk.rows > 0) {
        return Optional.of(walk.step(stored, last, plan.before()));
      }
    }
    return Optional.empty();
  }

  private static Checkpoint verified(Stored stored, JWKSet keys) {
    return Checkpoint.verified(stored.signed(), keys)
        .filter(one -> one.number() == stored.number())
        .filter(one -> one.digest().equals(stored.sums().value()))
        .orElseThrow(() -> broken("the checkpoint is not one that was signed"));
  }

  /// Along a guard's chain.
  private static final class Walk {
    private final Sql sql;
    private final Chain begin;
    private final ChainReplay replay;
    private final Map<Rows.Key, Walked> cards = new LinkedHashMap<>();
    private int rows;

    Walk(Sql sql, Chain begin) {
      this.sql = sql;
      this.begin = begin;
      this.replay = ChainReplay.from(sql, begin);
    }

    Chain chain() {
      return replay.chain();
    }

    /// Takes the next row, unless it is to stay or has to wait.
    boolean took(Rows.Linked linked, Stretch stretch, Instant before) {
      var row = linked.row();
      if (row.judgement().sequence() > stretch.to() || !row.judgement().at().isBefore(before)) {
        return false;
      }
      var card = new Rows.Key(row.subject(), row.generation());
      var walked = Objects.requireNonNullElseGet(cards.get(card), () -> Walked.from(sql, card));
      if (waits(linked, walked.replay())) {
        return false;
      }
      require(
          replay.goesOnWith(row)
              && walked.replay().goesOnWith(row)
              && replay.links(row, walked.replay().card().head().hash()),
          "row %d of guard %s is not the one that was written"
              .formatted(row.judgement().sequence(), stretch.guard()));
      replay.take(row);
      walked.replay().take(row);
      cards.put(card, walked);
      rows++;
      return true;
    }

    /// Whether the row before it in its card's chain is there, and not folded.
    private static boolean waits(Rows.Linked linked, CardReplay card) {
      return linked.row().judgement().head().number() > card.card().head().number() + 1
          && !linked.card().isEmpty();
    }

    FoldStep step(Optional<Stored> stored, Checkpoint last, Instant before) {
      var sums = stored.map(one -> one.sums().copy()).orElseGet(SetDigest::new);
      var added = 0;
      for (var walked : cards.values()) {
        walked.before().ifPresent(base -> sums.remove(base.toBytes()));
        sums.add(walked.replay().base().toBytes());
        added += walked.before().isEmpty() ? 1 : 0;
      }
      var chains = new TreeMap<String, Chain>();
      last.chains().forEach(chain -> chains.put(chain.guard(), chain));
      chains.put(begin.guard(), chain());
      return new FoldStep(
          new Checkpoint(
              last.number() + 1,
              stored.map(one -> Checkpoint.digest(one.signed())).orElse(""),
              before.isBefore(last.before()) ? last.before() : before,
              last.rows() + rows,
              last.cards() + added,
              sums.value(),
              List.copyOf(chains.values())),
          begin.sequence(),
          rows,
          chain(),
          cards.values().stream().map(walked -> walked.replay().base()).toList(),
          sums);
    }
  }

  private static void require(boolean kept, String otherwise) {
    if (!kept) {
      throw broken(otherwise);
    }
  }

  private static CommandFailed broken(String what) {
    return new CommandFailed(
        ExitCode.INTEGRITY, "nothing more is folded: " + what + "; see karuta guard verify", null);
  }
}
