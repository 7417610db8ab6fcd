/// What tests of a guard, and of whoever asks one, stand on: a token that makes tags as well, and counts what it is
/// asked.
@NullMarked
package karuta.guard.testing;

import org.jspecify.annotations.NullMarked;
