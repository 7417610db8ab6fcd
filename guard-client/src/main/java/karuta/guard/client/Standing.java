package karuta.guard.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.card.EpochId;

/// The state of a guard: whether it judges answers, and if not, why.
///
/// @param guard its name
/// @param reason why nothing is judged now, in one line without secrets; empty if answers are judged
/// @param receiptKeys the public keys receipts verify under: a JWK set (RFC 7517)
/// @param sealKeys the public keys audit seals verify under: a JWK set
/// @param heads the head of every chain in its journal
/// @param behind whether the reason is that the journal lacks a head that was shown
/// @param epochs those whose answers it judges, with the check value of each one's book key: 64 hexadecimal digits in
///     lower case, no secret
/// @param capped labels of keys that the token uses no more, because a limit that it keeps itself is reached: answers
///     of such an epoch are refused, and all others are judged
public record Standing(
    String guard,
    String reason,
    String receiptKeys,
    String sealKeys,
    List<ChainHead> heads,
    boolean behind,
    Map<EpochId, String> epochs,
    Set<String> capped) {
  public Standing {
    ChainHead.requireName(guard);
    heads = List.copyOf(heads);
    epochs = Map.copyOf(epochs);
    capped = Set.copyOf(capped);
  }

  /// The same guard, whose answers are of no use to whoever asks.
  ///
  /// @param why in one line
  public Standing refused(String why) {
    return new Standing(guard, why, receiptKeys, sealKeys, heads, behind, epochs, capped);
  }

  /// Whether answers are judged.
  public boolean judges() {
    return reason.isEmpty();
  }
}
