/// Tests of how a draw is chosen for a question.
@NullMarked
package karuta.server.answer;

import org.jspecify.annotations.NullMarked;
