/// What the bank asks of the challenge server, one method a call, with two certificates.
@NullMarked
package karuta.demobank.api;

import org.jspecify.annotations.NullMarked;
