/// Tests of the journal on a database that falls silent, and fixtures: a simulated journal, and journals with many
/// judgements.
@NullMarked
package karuta.guard.journal;

import org.jspecify.annotations.NullMarked;
