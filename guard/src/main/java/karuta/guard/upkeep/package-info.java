/// Maintenance of a journal: commands that create its tables, bring them up to date, verify that its entries agree with
/// each other, and fold old judgements into a signed checkpoint. They run in processes apart from the one that judges.
@NullMarked
package karuta.guard.upkeep;

import org.jspecify.annotations.NullMarked;
