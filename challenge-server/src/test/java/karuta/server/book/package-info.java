/// Tests of the import of bundles.
@NullMarked
package karuta.server.book;

import org.jspecify.annotations.NullMarked;
