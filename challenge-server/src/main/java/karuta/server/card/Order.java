package karuta.server.card;

import java.time.Instant;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;

/// A card that was asked for and is not made yet: a line of the custodians' next batch.
public record Order(Subject subject, Generation generation, Profile profile, Instant orderedAt) {}
