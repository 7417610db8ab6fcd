/// The challenge server's REST API as the bank calls it: one method a call, two certificates.
@NullMarked
package karuta.demobank.api;

import org.jspecify.annotations.NullMarked;
