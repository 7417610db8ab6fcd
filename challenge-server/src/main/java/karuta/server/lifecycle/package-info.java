/// Implements the registry of cards over the store: every change of a card's state except those that follow from an
/// answer. Each change writes its audit row in the same transaction.
@NullMarked
package karuta.server.lifecycle;

import org.jspecify.annotations.NullMarked;
