/// What must be left when the process is killed.
@NullMarked
package karuta.server.crash;

import org.jspecify.annotations.NullMarked;
