/// What the server counts and measures.
@NullMarked
package karuta.server.metrics;

import org.jspecify.annotations.NullMarked;
