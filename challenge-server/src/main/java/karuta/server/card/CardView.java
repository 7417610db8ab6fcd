package karuta.server.card;

import java.time.Instant;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;

/// One card of a subject, as the API shows it.
///
/// @param serial empty until the card is issued
/// @param reason why it was suspended, returned or retired; empty otherwise
/// @param wrongAnswers wrong answers in a row
/// @param wrongInLife wrong answers in the card's life, which no right answer clears
/// @param abandonedQuestions questions abandoned in a row
/// @param drawsLeft draws of the book that were never asked; 0 before the card is issued
/// @param renewalDue whether a replacement should be ordered
/// @param cellsExposed how many of the 50 cells were asked in the current round
public record CardView(
    Generation generation,
    Optional<Serial> serial,
    CardState state,
    Profile profile,
    Instant orderedAt,
    Optional<Instant> issuedAt,
    Optional<Instant> mailedAt,
    Optional<Instant> activatedAt,
    Optional<Instant> endedAt,
    String trackingNumber,
    String reason,
    int wrongAnswers,
    int wrongInLife,
    int abandonedQuestions,
    int drawsLeft,
    boolean renewalDue,
    int cellsExposed) {}
