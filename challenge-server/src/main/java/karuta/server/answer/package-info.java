/// Questions and answers at work: the sticky draw, the order on screen, and the one transaction that settles an answer.
@NullMarked
package karuta.server.answer;

import org.jspecify.annotations.NullMarked;
