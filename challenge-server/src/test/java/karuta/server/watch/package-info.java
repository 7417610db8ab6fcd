/// Tests of what the bank-wide watch reads and remembers.
@NullMarked
package karuta.server.watch;

import org.jspecify.annotations.NullMarked;
