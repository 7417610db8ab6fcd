/// Tests of the custodians' commands as a whole.
@NullMarked
package karuta.provisioning;

import org.jspecify.annotations.NullMarked;
