/// Upkeep of a journal, by commands beside the process that judges: its tables are made and brought up to date, and it is held against itself.
@NullMarked
package karuta.guard.upkeep;

import org.jspecify.annotations.NullMarked;
