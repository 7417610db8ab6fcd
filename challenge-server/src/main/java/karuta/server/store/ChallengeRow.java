package karuta.server.store;

import java.time.Instant;
import java.util.List;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.ScreenOrder;
import karuta.server.challenge.Transaction;

/// A challenge as it is stored.
///
/// @param caller who made it
/// @param transaction canonical
/// @param draws one or two
/// @param receipt compact JWS; empty unless PASSED
/// @param closed whether nothing will be judged of it any more
public record ChallengeRow(
    ChallengeId id,
    Subject subject,
    Generation generation,
    String caller,
    Purpose purpose,
    Transaction transaction,
    ScreenOrder order,
    List<Integer> draws,
    ChallengeState state,
    Instant createdAt,
    Instant expiresAt,
    String receipt,
    boolean closed) {
  public ChallengeRow {
    draws = List.copyOf(draws);
  }
}
