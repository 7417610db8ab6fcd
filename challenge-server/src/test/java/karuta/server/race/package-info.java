/// Parallel callers, who must gain nothing by calling at the same time.
@NullMarked
package karuta.server.race;

import org.jspecify.annotations.NullMarked;
