/// Fixtures for the tests of the server: databases, a bank, a token in plain Java, and printed cards.
@NullMarked
package karuta.server.testing;

import org.jspecify.annotations.NullMarked;
