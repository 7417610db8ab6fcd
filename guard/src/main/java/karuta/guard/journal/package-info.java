/// The journal: what the guard remembers, in a database that no challenge server can write. For each card its failures
/// and used draws; for each challenge its judgement, in a hash chain. Caps on failures are checked in the transaction
/// that records a judgement.
@NullMarked
package karuta.guard.journal;

import org.jspecify.annotations.NullMarked;
