/// Tests.
@NullMarked
package karuta.server.guard;

import org.jspecify.annotations.NullMarked;
