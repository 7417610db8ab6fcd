/// Strict reading of one JSON object (RFC 8259): a field that is unknown, missing, repeated or too long is refused, and
/// the message names it.
@NullMarked
package karuta.fields;

import org.jspecify.annotations.NullMarked;
