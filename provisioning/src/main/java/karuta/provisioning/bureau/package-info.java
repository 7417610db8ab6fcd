/// The bureau's reference tool: opening a print job, reporting what was printed.
@NullMarked
package karuta.provisioning.bureau;

import org.jspecify.annotations.NullMarked;
