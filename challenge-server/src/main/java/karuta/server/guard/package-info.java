/// Calls to the guard. Each is timed, and none is made while the guard is known to be down, or while its journal lacks
/// a judgement that the store remembers: then the journal was restored from an older copy.
@NullMarked
package karuta.server.guard;

import org.jspecify.annotations.NullMarked;
