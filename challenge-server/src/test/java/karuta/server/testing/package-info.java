/// What the tests of the domain share: databases, a bank, a token in plain Java, and printed cards.
@NullMarked
package karuta.server.testing;

import org.jspecify.annotations.NullMarked;
