/// What the programs' logs have in common: a limit where others decide their length, and failures without the messages,
/// which may repeat what somebody has sent.
@NullMarked
package karuta.log;

import org.jspecify.annotations.NullMarked;
