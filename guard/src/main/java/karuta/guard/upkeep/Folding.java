package karuta.guard.upkeep;

import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.InvariantBroken;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.sign.Signing;
import karuta.guard.token.JudgeToken.Use;
import karuta.guard.upkeep.CheckpointTable.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folds old judgements into bases, beside whichever guards use the journal: what a card's old rows came to is kept as
/// its base, and the rows are removed. Step by step, and each step is whole. The order must not be changed:
///
/// 1. It is computed from one state of the journal, in which every row is held against its chains ([FoldStep]).
/// 2. The token signs the checkpoint, without any lock held.
/// 3. One short transaction replaces the checkpoint before by it, writes the bases, and removes the rows. If the
///    checkpoint before is not there, or other rows than those, nothing is done.
///
/// So whenever it is stopped, the journal is as it was before a step or after it, signed in either case, and the next
/// fold goes on from there. What is judged meanwhile is at the other end of the chains.
final class Folding {
  private static final Logger LOG = LoggerFactory.getLogger(Folding.class);

  /// What a guard's own commit may have to wait for is a transaction over so many rows.
  private static final int TOGETHER = 1_000;

  private final Database database;
  private final Signing signing;
  private final JWKSet keys;
  private final String issuer;
  private final InstantSource time;
  private final int together;

  Folding(Database database, Signing signing, String issuer, InstantSource time) {
    this(database, signing, issuer, time, TOGETHER);
  }

  /// @param together how many rows are folded in a step
  Folding(Database database, Signing signing, String issuer, InstantSource time, int together) {
    this.database = database;
    this.signing = signing;
    this.keys = keys(signing);
    this.issuer = issuer;
    this.time = time;
    this.together = together;
  }

  /// The keys that checkpoints of a token verify under.
  static JWKSet keys(Signing signing) {
    try {
      return JWKSet.parse(signing.keys(Use.SEAL));
    } catch (ParseException e) {
      throw new IllegalStateException("a key set that was made here cannot be read", e);
    }
  }

  /// What there is to fold; see [FoldPlan].
  FoldPlan plan(Duration age, long kept, Optional<ChainHead> remembered) {
    return database.reading(sql -> FoldPlan.of(sql, age, kept, remembered));
  }

  /// Does it.
  ///
  /// @param done is told of each step that is on disk
  /// @return how many judgements were folded
  /// @throws CommandFailed if the journal is not as guards wrote it, or another fold is at work
  /// @throws karuta.database.DatabaseUnavailable if it is unknown whether the last step was done: the next fold finds
  ///     out
  long fold(FoldPlan plan, Consumer<FoldStep> done) {
    var rows = 0L;
    for (var step = next(plan); step.isPresent(); step = next(plan)) {
      write(step.get());
      rows += step.get().rows();
      done.accept(step.get());
    }
    return rows;
  }

  private Optional<FoldStep> next(FoldPlan plan) {
    try {
      return database.reading(sql -> FoldStep.next(sql, plan, keys, together));
    } catch (InvariantBroken e) {
      throw new CommandFailed(
          ExitCode.INTEGRITY,
          "nothing more is folded: a row holds what no guard writes; see karuta guard verify",
          e);
    }
  }

  private void write(FoldStep step) {
    var checkpoint = step.checkpoint();
    var signed = signing.sign(Use.SEAL, Checkpoint.TYPE, checkpoint.claims(issuer, time.instant()));
    if (!Checkpoint.verified(signed, keys).equals(Optional.of(checkpoint))) {
      throw new CommandFailed(
          ExitCode.TOKEN, "the token's signature on a checkpoint does not verify", null);
    }
    var next = new Stored(checkpoint.number(), step.sums(), signed);
    if (!database.<Boolean>change(sql -> written(sql, step, next))) {
      throw new CommandFailed(
          ExitCode.INTERRUPTED, "another fold is at work; give the same command later", null);
    }
    LOG.info(
        "journal checkpoint: {}:{}, {} judgements of {} cards folded",
        checkpoint.number(),
        Checkpoint.digest(signed),
        checkpoint.rows(),
        checkpoint.cards());
  }

  private static boolean written(Sql sql, FoldStep step, Stored next) {
    if (!CheckpointTable.replace(sql, next)) {
      return false;
    }
    CheckpointTable.begin(sql, step.chain());
    step.bases().forEach(base -> base.write(sql));
    Rows.remove(sql, step);
    return true;
  }
}
