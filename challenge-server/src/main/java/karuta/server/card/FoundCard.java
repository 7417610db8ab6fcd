package karuta.server.card;

import karuta.card.Generation;
import karuta.card.Subject;

/// A card that bears the number asked for. The number may be printed on others; subject and generation name this one.
public record FoundCard(Subject subject, Generation generation, CardState state) {}
