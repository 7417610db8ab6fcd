package karuta.guard;

import java.time.Clock;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.client.ChainHead;
import karuta.guard.config.GuardConfig;
import karuta.guard.token.JudgeToken;
import karuta.guard.upkeep.SealingToken;
import karuta.token.TokenException;

/// Opens the verifier token for a command, while a guard may be using it.
final class BesideGuard implements SealingToken {
  private final WatchedToken watched;

  BesideGuard(GuardConfig config, Guarding.End end) {
    watched = WatchedToken.open(config, Clock.systemUTC(), end);
  }

  @Override
  public JudgeToken keys() {
    return watched.token().judging();
  }

  @Override
  public Optional<ChainHead> remembered(String guard) {
    try {
      return watched
          .token()
          .heads()
          .read(guard)
          .filter(head -> !head.hash().isEmpty())
          .map(head -> new ChainHead(guard, head.sequence(), head.hash()));
    } catch (TokenException e) {
      throw new CommandFailed(
          ExitCode.TOKEN, "the token does not say how far the journal was: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    watched.close();
  }
}
