/// Receipts as a JOSE library reads them.
@NullMarked
package karuta.server.receipt;

import org.jspecify.annotations.NullMarked;
