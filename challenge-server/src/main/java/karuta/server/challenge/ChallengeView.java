package karuta.server.challenge;

import java.time.Instant;
import java.util.List;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.PictureId;
import karuta.card.Subject;

/// A challenge as the API shows it.
///
/// @param transaction as canonicalised
/// @param transactionDigest base64url of SHA-256 over the canonical transaction, 43 characters
/// @param questions one draw, two for a step-up; empty once the challenge is settled or too late to answer
/// @param catalogue the name of the catalogue the pictures are from, for example `v1`
/// @param receipt compact JWS when PASSED, else empty
/// @param drawsLeft draws of the card's book that were never asked
/// @param renewalDue whether a replacement should be ordered
public record ChallengeView(
    ChallengeId id,
    Subject subject,
    Purpose purpose,
    Transaction transaction,
    String transactionDigest,
    ChallengeState state,
    List<Question> questions,
    String catalogue,
    Instant createdAt,
    Instant expiresAt,
    String receipt,
    int drawsLeft,
    boolean renewalDue) {
  public ChallengeView {
    questions = List.copyOf(questions);
  }

  /// One draw: its cells in the order in which they are to be answered.
  public record Question(List<AskedCell> cells) {
    public Question {
      cells = List.copyOf(cells);
    }
  }

  /// One cell with its 64 pictures in the order of this challenge; an answer names positions 0..63 in it.
  public record AskedCell(Cell cell, List<PictureId> choices) {
    public AskedCell {
      choices = List.copyOf(choices);
    }
  }
}
