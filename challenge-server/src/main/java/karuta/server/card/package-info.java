/// The words of a card's life as the server tells it: subjects, methods, states, orders, and the one exception for
/// everything that is refused.
///
/// Plain values and the interface of the registry; nothing here knows a database, a token or a network.
@NullMarked
package karuta.server.card;

import org.jspecify.annotations.NullMarked;
