/// Tests of readiness: parts that fail, hang and come back.
@NullMarked
package karuta.server.health;

import org.jspecify.annotations.NullMarked;
