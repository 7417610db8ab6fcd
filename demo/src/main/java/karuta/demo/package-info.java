/// A whole stack in a directory: two tokens that agree a book key, cards, the challenge server, the demo bank, and the
/// people around them. The demo, the smoke test, the browser suites and measurements stand on it.
@NullMarked
package karuta.demo;

import org.jspecify.annotations.NullMarked;
