/// The registry at work: every change of a card's state but those an answer makes.
@NullMarked
package karuta.server.lifecycle;

import org.jspecify.annotations.NullMarked;
