package karuta.guard.upkeep;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.database.InvariantBroken;
import karuta.database.Sql;
import karuta.guard.upkeep.CheckpointTable.Stored;

/// Holds what is left of folded judgements against the checkpoint that was signed over it: each base, and where the
/// rows of each guard begin. What follows is held against these.
final class FoldCheck {
  private final Sql sql;
  private final int together;
  private final Consumer<String> say;

  private FoldCheck(Sql sql, int together, Consumer<String> say) {
    this.sql = sql;
    this.together = together;
    this.say = say;
  }

  /// Looks at all of it.
  ///
  /// @param keys those for seals; none if nobody said them
  /// @param together how many rows are read at once
  /// @param say is told what does not hold
  /// @return the checkpoint; that of an empty journal if there is none that holds
  static Checkpoint of(Sql sql, Optional<JWKSet> keys, int together, Consumer<String> say) {
    return new FoldCheck(sql, together, say).check(keys);
  }

  private Checkpoint check(Optional<JWKSet> keys) {
    var signed = signed(keys);
    if (!chains(signed)) {
      say.accept("the rows of the guards do not begin where the checkpoint says");
    }
    var sums = new SetDigest();
    var cards = bases(sql, sums, together);
    if (cards != signed.cards() || !sums.value().equals(signed.digest())) {
      say.accept("the bases of the cards are not those that the checkpoint is about");
    }
    return signed;
  }

  private Checkpoint signed(Optional<JWKSet> keys) {
    try {
      return CheckpointTable.last(sql).map(one -> signed(one, keys)).orElse(Checkpoint.NONE);
    } catch (InvariantBroken _) {
      say.accept("the checkpoint holds what no guard writes");
      return Checkpoint.NONE;
    }
  }

  private Checkpoint signed(Stored stored, Optional<JWKSet> keys) {
    if (keys.isEmpty()) {
      say.accept("there is a checkpoint, and no key for seals was given that it verifies under");
      return Checkpoint.NONE;
    }
    var verified =
        Checkpoint.verified(stored.signed(), keys.get())
            .filter(one -> one.number() == stored.number());
    if (verified.isEmpty()) {
      say.accept("the checkpoint is not one that was signed");
    } else if (!stored.sums().value().equals(verified.get().digest())) {
      say.accept("the sums beside the checkpoint are not those that it is about");
    }
    return verified.orElse(Checkpoint.NONE);
  }

  private boolean chains(Checkpoint signed) {
    try {
      return CheckpointTable.chains(sql).equals(signed.chains());
    } catch (InvariantBroken _) {
      return false;
    }
  }

  /// Adds all bases up.
  ///
  /// @return how many there are; fewer if one cannot be read
  static long bases(Sql sql, SetDigest sums, int together) {
    var count = 0L;
    var subject = "";
    var generation = 0;
    while (true) {
      List<Base> some;
      try {
        some = Base.after(sql, subject, generation, together);
      } catch (InvariantBroken _) {
        return count;
      }
      for (var base : some) {
        sums.add(base.toBytes());
        subject = base.card().subject().value();
        generation = base.card().generation().value();
      }
      count += some.size();
      if (some.size() < together) {
        return count;
      }
    }
  }
}
