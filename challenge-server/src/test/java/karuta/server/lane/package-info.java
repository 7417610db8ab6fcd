/// Tests.
@NullMarked
package karuta.server.lane;

import org.jspecify.annotations.NullMarked;
