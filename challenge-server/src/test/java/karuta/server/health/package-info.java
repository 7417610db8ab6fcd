/// Tests.
@NullMarked
package karuta.server.health;

import org.jspecify.annotations.NullMarked;
