/// The challenge server: puts questions, has answers verified in a token, and keeps the life of every card.
@NullMarked
package karuta.server;

import org.jspecify.annotations.NullMarked;
