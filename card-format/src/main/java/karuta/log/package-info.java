/// Logging for all programs. Failures are logged without their messages, which may repeat what a caller has sent; what
/// strangers can cause is logged only so many times in a span of time, and the rest is counted.
@NullMarked
package karuta.log;

import org.jspecify.annotations.NullMarked;
