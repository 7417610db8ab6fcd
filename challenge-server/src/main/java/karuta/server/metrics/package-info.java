/// The server's metrics. No label has a value that a caller can choose.
@NullMarked
package karuta.server.metrics;

import org.jspecify.annotations.NullMarked;
