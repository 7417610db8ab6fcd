/// Judges answers: has the token verify an answer, records the verdict in the journal, and only then tells it or signs
/// a receipt. One class does all of it, so that a reviewer can read it as a whole.
@NullMarked
package karuta.guard.judge;

import org.jspecify.annotations.NullMarked;
