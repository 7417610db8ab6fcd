/// How questions are chosen.
@NullMarked
package karuta.server.answer;

import org.jspecify.annotations.NullMarked;
