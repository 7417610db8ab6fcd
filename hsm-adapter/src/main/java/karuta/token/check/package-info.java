/// Whether a token can be trusted: everything Karuta asks of one, tried, and that it tells right from wrong.
@NullMarked
package karuta.token.check;

import org.jspecify.annotations.NullMarked;
