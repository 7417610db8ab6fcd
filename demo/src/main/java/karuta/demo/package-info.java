/// Builds a whole stack in a directory and runs it: two tokens that agree a book key, cards, guard, challenge server,
/// demo bank, and programs that do the work of custodians, bureau and customers. The demo, the smoke test, the browser
/// tests and the measurements use it.
@NullMarked
package karuta.demo;

import org.jspecify.annotations.NullMarked;
