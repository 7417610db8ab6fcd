/// Books: how they come in by bundles.
@NullMarked
package karuta.server.book;

import org.jspecify.annotations.NullMarked;
