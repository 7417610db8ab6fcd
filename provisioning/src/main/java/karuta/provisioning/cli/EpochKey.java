package karuta.provisioning.cli;

import java.util.List;
import java.util.Optional;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.token.TokenRole;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.KeyPolicy;

/// The book key of an epoch on the one of the two tokens that is open: to sign only on the issuer token, to verify only
/// on the verifier token.
///
/// Whether the epoch is finished the token says, not a file: see [FinishedEpochs].
final class EpochKey {
  private final OpenToken open;
  private final EpochId epoch;
  private final FinishedEpochs finished;

  EpochKey(OpenToken open, EpochId epoch) {
    this.open = open;
    this.epoch = epoch;
    this.finished = new FinishedEpochs(open.token());
  }

  EpochId epoch() {
    return epoch;
  }

  private KeyPolicy policy() {
    return open.role() == TokenRole.ISSUER ? KeyPolicy.BOOK_SIGNING : KeyPolicy.BOOK_VERIFYING;
  }

  private String label() {
    return policy().label(epoch.value());
  }

  boolean finished() {
    return finished.has(epoch);
  }

  void finish(byte[] checkValue) {
    finished.mark(epoch, checkValue);
  }

  /// As a key that a custodian wants destroyed.
  ///
  /// @param fit throws if its epoch is finished, or is not, and has to be
  KeyToDestroy toDestroy(Runnable fit, String sentence, List<String> consequences) {
    return new KeyToDestroy(
        open,
        () -> {
          requireRole();
          fit.run();
        },
        policy(),
        label(),
        sentence,
        consequences,
        Optional.empty());
  }

  private void requireRole() {
    switch (open.role()) {
      case ISSUER -> open.issuer();
      case VERIFIER -> open.verifier();
    }
  }

  void destroy() {
    switch (open.role()) {
      case ISSUER -> open.issuer().destroyBookKey(epoch);
      case VERIFIER -> open.verifier().destroyBookKey(epoch);
    }
  }

  /// Says before people compare anything that the name is taken: by an agreement that was broken off, by one that was
  /// completed, or by one whose key is gone.
  ///
  /// @throws CommandFailed if it is
  void requireFree() {
    var token = open.token().name();
    if (!open.has(policy(), label())) {
      if (finished()) {
        throw CommandFailed.refused(
            "epoch %s was retired on token %s; the name of an epoch is not given twice"
                .formatted(epoch, token));
      }
      return;
    }
    throw CommandFailed.refused(
        finished()
            ? "epoch %s is finished on token %s; begin with an epoch of another name"
                .formatted(epoch, token)
            : ("the token has a key %s already; begin with an epoch of another name, or, if that"
                    + " agreement came to nothing: karuta agree abandon --epoch %s")
                .formatted(label(), epoch));
  }
}
