/// Tests of development tokens and certificates, with real SoftHSM and real TLS.
@NullMarked
package karuta.softhsm;

import org.jspecify.annotations.NullMarked;
