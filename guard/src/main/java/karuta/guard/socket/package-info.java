/// The guard's socket: who may connect, and one call after the other on each connection.
@NullMarked
package karuta.guard.socket;

import org.jspecify.annotations.NullMarked;
