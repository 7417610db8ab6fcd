/// What operators see and what keeps the server upright: lanes, metrics, health, logs, start and end.
@NullMarked
package karuta.server.operate;

import org.jspecify.annotations.NullMarked;
