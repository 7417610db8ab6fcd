/// The guard as this server knows it: timed, and refused while its journal is older than what the store remembers of it.
@NullMarked
package karuta.server.guard;

import org.jspecify.annotations.NullMarked;
