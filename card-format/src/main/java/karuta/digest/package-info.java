/// SHA-256 for every file format and message that states a digest.
@NullMarked
package karuta.digest;

import org.jspecify.annotations.NullMarked;
