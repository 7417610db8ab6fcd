/// What is seen across accounts: the bank-wide watch for horizontal guessing, and the hook metrics hang on.
@NullMarked
package karuta.server.watch;

import org.jspecify.annotations.NullMarked;
