/// Tests of the upkeep, on journals that were changed by hand.
@NullMarked
package karuta.guard.upkeep;

import org.jspecify.annotations.NullMarked;
