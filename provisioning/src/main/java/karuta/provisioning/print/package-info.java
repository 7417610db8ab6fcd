/// The print job: the signed and encrypted file that carries a batch's layouts to the bureau.
@NullMarked
package karuta.provisioning.print;

import org.jspecify.annotations.NullMarked;
