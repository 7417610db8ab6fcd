/// PKCS#11 v2.40 from Java: one interface with a method per C function used, typed errors, and one class that speaks to
/// native code.
@NullMarked
package karuta.cryptoki;

import org.jspecify.annotations.NullMarked;
