/// What a server knows of the guard's judgements, as a file: written from the store, and read by a guard whose journal
/// was lost or put back.
@NullMarked
package karuta.guard.judged;

import org.jspecify.annotations.NullMarked;
