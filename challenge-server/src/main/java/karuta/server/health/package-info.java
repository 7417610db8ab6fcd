/// Health checks, and the management port that reports them: whether the process is alive, whether it is ready to
/// serve, and the metrics.
@NullMarked
package karuta.server.health;

import org.jspecify.annotations.NullMarked;
