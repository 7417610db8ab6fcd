/// What parallel callers must not gain.
@NullMarked
package karuta.server.race;

import org.jspecify.annotations.NullMarked;
