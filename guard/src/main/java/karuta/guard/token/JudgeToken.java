package karuta.guard.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.token.Verdict;

/// What a guard asks of its token: is this answer right, sign this, which keys, are you there.
///
/// Safe for many threads. Every method throws [karuta.guard.client.GuardUnavailable] on a fault; a fault is never a
/// verdict.
public interface JudgeToken {
  /// Judges whether `tag` is the tag of `answer` under the book key of `epoch`, decided inside the token.
  ///
  /// @param answer what the tag is made over, of [MacInput#answer]; the caller closes it
  /// @param tag 32 bytes
  /// @return right or wrong, and nothing else: all other ends throw
  /// @throws karuta.token.KeyLimitReached if the token itself limits the uses of the key, and there is none left
  Verdict verify(EpochId epoch, MacInput answer, byte[] tag);

  /// The epochs whose answers it judges, with the check value of each one's book key: 64 hexadecimal digits, no secret.
  Map<EpochId, String> epochs();

  /// The keys that what is signed for this use verifies under. The last one signs.
  List<SigningKey> keys(Use use);

  /// ECDSA with SHA-256 over `data` by the key that signs for this use: r and s, 32 bytes each (RFC 7518 section 3.4).
  byte[] sign(Use use, byte[] data);

  /// Asks the token for a sign of life and for every key that is needed, and so finds a lost one again.
  ///
  /// @throws karuta.guard.client.GuardUnavailable whose message names the missing keys; a key at a limit of the
  ///     token's own is there
  void check();

  /// Labels of keys that the token uses no more, as far as is known, because a limit that it keeps itself is reached.
  /// [#check] looks at the book keys; another is known by its last use. Never asks the token.
  Set<String> capped();

  /// Whether calls can succeed as far as is known. Never asks the token and never blocks.
  boolean up();

  /// What a key signs. Each use has keys of its own, so that no signature can be taken for another.
  enum Use {
    RECEIPT,
    SEAL;

    /// The label of such a key in the token, such as `receipt-1`.
    ///
    /// @param number from 1
    public String label(int number) {
      return name().toLowerCase(Locale.ROOT) + "-" + number;
    }
  }
}
