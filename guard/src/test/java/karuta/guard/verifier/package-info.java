/// Opens the verifier token with what it can get wrong: keys at a limit, keys of another record.
@NullMarked
package karuta.guard.verifier;

import org.jspecify.annotations.NullMarked;
