/// Tests of folding and of the verification of journals, among them journals that were changed by hand.
@NullMarked
package karuta.guard.upkeep;

import org.jspecify.annotations.NullMarked;
