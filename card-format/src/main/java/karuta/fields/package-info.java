/// Strict reading of one JSON object: what is unknown, missing, doubled or oversized is refused by name.
@NullMarked
package karuta.fields;

import org.jspecify.annotations.NullMarked;
