/// How this server calls the guard: each call is timed, and the guard is not used while its journal is older than what
/// the store remembers of it.
@NullMarked
package karuta.server.guard;

import org.jspecify.annotations.NullMarked;
