/// The real token behind the small door.
@NullMarked
package karuta.server.token;

import org.jspecify.annotations.NullMarked;
