/// Development tokens and certificates, tried on the real parts.
@NullMarked
package karuta.softhsm;

import org.jspecify.annotations.NullMarked;
