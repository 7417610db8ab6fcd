/// Real databases for tests, here and in other modules.
@NullMarked
package karuta.database.testing;

import org.jspecify.annotations.NullMarked;
