package karuta.guard.client;

import java.util.List;

/// How a guard stands.
///
/// @param guard its name
/// @param reason why nothing is judged now, in one line without secrets; empty if answers are judged
/// @param receiptKeys the public keys receipts verify under: a JWK set (RFC 7517)
/// @param sealKeys the public keys audit seals verify under: a JWK set
/// @param heads the head of every chain in its journal
/// @param behind whether the reason is that the journal lacks a head that was shown
public record Standing(
    String guard,
    String reason,
    String receiptKeys,
    String sealKeys,
    List<ChainHead> heads,
    boolean behind) {
  public Standing {
    ChainHead.requireName(guard);
    heads = List.copyOf(heads);
  }

  /// Whether answers are judged.
  public boolean judges() {
    return reason.isEmpty();
  }
}
