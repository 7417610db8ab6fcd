package karuta.guard.client;

import java.util.List;
import java.util.regex.Pattern;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.PictureId;
import karuta.card.Subject;

/// An answer to be judged.
///
/// @param asked the draws of the challenge, one or two
/// @param statement what the receipt shall state if the answer is right
/// @param shown the last judgement of the card that the caller remembers; a guard that does not know it judges nothing
public record Question(
    ChallengeId challenge,
    Subject subject,
    CardId card,
    EpochId epoch,
    List<Asked> asked,
    Statement statement,
    Head shown) {
  private static final int DRAWS = 2;

  public Question {
    asked = List.copyOf(asked);
    if (asked.isEmpty() || asked.size() > DRAWS) {
      throw new IllegalArgumentException("a challenge asks one draw, or two");
    }
    if (asked.stream().mapToInt(Asked::number).distinct().count() != asked.size()) {
      throw new IllegalArgumentException("a challenge asks no draw twice");
    }
  }

  /// The numbers of the draws, in their order.
  public List<Integer> draws() {
    return asked.stream().map(Asked::number).toList();
  }

  /// One draw and what was picked for it.
  ///
  /// @param pictures one for each cell, in the order of the tag; read once, so it may be a view that holds no answer
  public record Asked(DrawRecord draw, List<PictureId> pictures) {
    public Asked {
      if (draw.cells().size() != pictures.size()) {
        throw new IllegalArgumentException("an answer has one picture for each cell");
      }
    }

    /// Its number in the book.
    public int number() {
      return draw.number();
    }
  }

  /// What a receipt says of the matter, in the caller's words: the guard signs it and judges nothing of it.
  ///
  /// @param purpose such as `TRANSFER`
  /// @param transactionDigest base64url of SHA-256 over the canonical transaction
  /// @param audience who shall take the receipt; 1 to 128 printable characters
  public record Statement(String purpose, String transactionDigest, String audience) {
    private static final Pattern PURPOSE = Pattern.compile("[A-Z_]{1,24}");
    private static final Pattern AUDIENCE = Pattern.compile("[\\x20-\\x7e]{1,128}");

    public Statement {
      if (!PURPOSE.matcher(purpose).matches()
          || !Head.isHash(transactionDigest)
          || !AUDIENCE.matcher(audience).matches()) {
        throw new IllegalArgumentException("not what a receipt may state");
      }
    }
  }
}
