/// The bureau's reference tool: opens a print job and reports, signed, which cards were printed and which were spoiled.
@NullMarked
package karuta.provisioning.bureau;

import org.jspecify.annotations.NullMarked;
