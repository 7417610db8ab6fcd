/// Whether the server can answer, and the port that says so.
@NullMarked
package karuta.server.health;

import org.jspecify.annotations.NullMarked;
