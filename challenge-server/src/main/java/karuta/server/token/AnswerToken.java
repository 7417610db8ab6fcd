package karuta.server.token;

import java.util.List;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.token.Verdict;

/// What the server asks of its token: is this answer right, sign this receipt, which keys, are you there.
///
/// Safe for many threads. Every method throws [TokenUnavailable] on a fault; a fault is never a verdict.
public interface AnswerToken {
  /// Judges whether `tag` is the tag of `answer` under the book key of `epoch`, decided inside the token.
  ///
  /// @param answer what the tag is made over, of [MacInput#answer]; the caller closes it
  /// @param tag 32 bytes
  /// @return right or wrong, and nothing else: all other ends throw
  Verdict verify(EpochId epoch, MacInput answer, byte[] tag);

  /// The key receipts are signed with now.
  ReceiptKey signingKey();

  /// Every key whose receipts are still to be honoured, the signing key among them.
  List<ReceiptKey> receiptKeys();

  /// ECDSA with SHA-256 over `data` by `key`: r and s, 32 bytes each (RFC 7518 section 3.4).
  byte[] sign(ReceiptKey key, byte[] data);

  /// Asks the token for a sign of life and for every key it needs, and so finds a lost one again.
  ///
  /// @throws TokenUnavailable whose message names the keys that are missing
  void check();

  /// Whether calls can succeed as far as is known. Never asks the token and never blocks, so that work which would only
  /// wait for a lost token is refused before it holds anything.
  boolean up();
}
