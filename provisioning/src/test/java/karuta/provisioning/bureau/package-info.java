/// The bureau's commands.
@NullMarked
package karuta.provisioning.bureau;

import org.jspecify.annotations.NullMarked;
