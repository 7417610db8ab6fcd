/// The file that carries what a server's store has recorded of the guard's judgements to a guard whose journal was lost
/// or restored from an older copy. `karuta export-judged` writes it.
@NullMarked
package karuta.guard.judged;

import org.jspecify.annotations.NullMarked;
