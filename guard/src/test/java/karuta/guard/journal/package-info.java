/// A journal for simulations.
@NullMarked
package karuta.guard.journal;

import org.jspecify.annotations.NullMarked;
