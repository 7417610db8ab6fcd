/// Receipts: the signed proof that a challenge was passed for exactly one transaction.
@NullMarked
package karuta.server.receipt;

import org.jspecify.annotations.NullMarked;
