/// What the files of a key agreement and the epoch's record say of how its key was derived, and what for.
@NullMarked
package karuta.agreement;

import org.jspecify.annotations.NullMarked;
