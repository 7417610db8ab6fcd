/// Tests of the bureau's commands.
@NullMarked
package karuta.provisioning.bureau;

import org.jspecify.annotations.NullMarked;
