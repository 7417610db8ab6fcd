/// What is seen across accounts: the bank-wide watch for horizontal guessing, and the interface through which metrics
/// learn of it.
@NullMarked
package karuta.server.watch;

import org.jspecify.annotations.NullMarked;
