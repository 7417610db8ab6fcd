/// Transactions and their canonical form.
@NullMarked
package karuta.server.challenge;

import org.jspecify.annotations.NullMarked;
