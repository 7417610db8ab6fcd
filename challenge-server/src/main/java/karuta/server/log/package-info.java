/// What the log shows: lines without anything a customer has sent.
@NullMarked
package karuta.server.log;

import org.jspecify.annotations.NullMarked;
