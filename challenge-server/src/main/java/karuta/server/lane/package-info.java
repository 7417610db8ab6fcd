/// Where work runs: threads and queues with an end, and what the server does by itself.
@NullMarked
package karuta.server.lane;

import org.jspecify.annotations.NullMarked;
