package karuta.server.store;

import java.time.Instant;
import java.util.Optional;

/// What the registry knows of a card besides its state.
///
/// @param reason why it was suspended, returned or retired; empty otherwise
public record CardDetails(
    Optional<Instant> issuedAt,
    Optional<Instant> mailedAt,
    Optional<Instant> activatedAt,
    Optional<Instant> endedAt,
    String trackingNumber,
    String reason) {}
