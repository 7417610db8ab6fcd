package karuta.guard.upkeep;

import java.util.Optional;
import karuta.guard.client.ChainHead;
import karuta.guard.config.GuardConfig;
import karuta.guard.token.JudgeToken;

/// The verifier token, as the maintenance commands use it: to sign checkpoints, and to read how far the journal was.
public interface SealingToken extends AutoCloseable {
  /// What signs.
  JudgeToken keys();

  /// How far a guard may have gone, and its head of some time before; none if it has judged nothing.
  Optional<ChainHead> remembered(String guard);

  @Override
  void close();

  /// Opens the token that a configuration names. A guard that is running has it open as well.
  interface Opener {
    /// Opens and tests it.
    ///
    /// @throws karuta.command.CommandFailed naming what is wrong with the token
    SealingToken open(GuardConfig config);
  }
}
