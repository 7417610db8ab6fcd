/// Checks whether a token can be trusted: tries everything Karuta asks of one, and that it tells right from wrong.
@NullMarked
package karuta.token.check;

import org.jspecify.annotations.NullMarked;
