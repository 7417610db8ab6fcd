/// Real databases for the tests of whoever keeps state in one.
@NullMarked
package karuta.database.testing;

import org.jspecify.annotations.NullMarked;
