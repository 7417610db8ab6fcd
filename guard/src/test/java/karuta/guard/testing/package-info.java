/// Fixtures for tests of a guard and of its callers: above all a token in plain Java that can also make tags, and
/// counts how often it is asked.
@NullMarked
package karuta.guard.testing;

import org.jspecify.annotations.NullMarked;
