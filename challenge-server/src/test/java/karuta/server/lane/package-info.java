/// Tests of periodic work on the server's threads.
@NullMarked
package karuta.server.lane;

import org.jspecify.annotations.NullMarked;
