/// Upkeep of a journal, by commands apart from the process that judges: they create its tables, bring them up to date,
/// and check that its entries agree with each other.
@NullMarked
package karuta.guard.upkeep;

import org.jspecify.annotations.NullMarked;
