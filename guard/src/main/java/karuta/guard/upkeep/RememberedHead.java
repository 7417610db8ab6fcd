package karuta.guard.upkeep;

import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.client.ChainHead;
import karuta.guard.verifier.OpenToken;
import karuta.token.TokenException;

/// What the token remembers of a guard's chain, for whoever looks after the journal.
final class RememberedHead {
  private RememberedHead() {}

  /// The head of some time before; none if the guard has judged nothing.
  ///
  /// @throws CommandFailed if the token does not say
  static Optional<ChainHead> of(OpenToken token, String guard) {
    try {
      return token
          .heads()
          .read(guard)
          .filter(head -> !head.hash().isEmpty())
          .map(head -> new ChainHead(guard, head.sequence(), head.hash()));
    } catch (TokenException e) {
      throw new CommandFailed(
          ExitCode.TOKEN, "the token does not say how far the journal was: " + e.getMessage(), e);
    }
  }
}
