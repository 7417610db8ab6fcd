/// Tests of the custodians' side as a whole.
@NullMarked
package karuta.provisioning;

import org.jspecify.annotations.NullMarked;
