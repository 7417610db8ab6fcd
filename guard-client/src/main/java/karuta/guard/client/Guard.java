package karuta.guard.client;

import java.util.List;

/// Judges answers, and signs receipts for what it judged right. It trusts its callers as little as it can: by lying a
/// caller gains no more than the caps allow.
///
/// Safe for many threads. Every call throws [GuardUnavailable] on a fault, and a fault is never a verdict; the same
/// call may be made again.
public interface Guard {
  /// Has an answer judged, once for each challenge: asked again, with whatever, the first verdict is told again.
  Reply judge(Question question);

  /// What was judged of a challenge that has ended. If nothing was, the challenge is closed by this call: nothing will
  /// ever be judged of it.
  Reply recall(Recall recall);

  /// An audit seal, signed: compact JWS.
  String seal(SealFields fields);

  /// How the guard stands.
  ///
  /// @param known the heads that the caller remembers; a guard whose journal lacks one judges nothing
  Standing look(List<ChainHead> known);

  /// Whether calls can succeed as far as is known. Never asks and never blocks.
  boolean up();
}
