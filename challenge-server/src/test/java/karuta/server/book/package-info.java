/// Bundles on their way in.
@NullMarked
package karuta.server.book;

import org.jspecify.annotations.NullMarked;
