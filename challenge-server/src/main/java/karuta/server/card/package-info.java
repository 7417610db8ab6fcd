/// The values of a card's life as the API tells it (subjects, methods, states, orders), the interface of the registry,
/// and the one exception for what is refused.
///
/// Nothing here knows a database, a token or a network.
@NullMarked
package karuta.server.card;

import org.jspecify.annotations.NullMarked;
