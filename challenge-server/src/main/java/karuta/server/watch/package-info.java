/// The bank-wide watch: notices guessing that is spread over many customers (horizontal guessing), which no limit of a
/// single card would notice, and raises an alarm.
@NullMarked
package karuta.server.watch;

import org.jspecify.annotations.NullMarked;
