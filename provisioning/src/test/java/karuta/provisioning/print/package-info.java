@NullMarked
package karuta.provisioning.print;

import org.jspecify.annotations.NullMarked;
