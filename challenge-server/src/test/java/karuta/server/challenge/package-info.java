/// Tests of transactions and their canonical form.
@NullMarked
package karuta.server.challenge;

import org.jspecify.annotations.NullMarked;
