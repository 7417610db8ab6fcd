/// What a guard remembers, in a database that no challenge server can write: each card's failures and spent draws, and
/// each judgement, chained.
@NullMarked
package karuta.guard.journal;

import org.jspecify.annotations.NullMarked;
