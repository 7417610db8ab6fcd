/// A binding for PKCS#11 v2.40: one interface with a method for each C function that is used, typed errors, and one
/// class that calls native code through the Foreign Function & Memory API.
@NullMarked
package karuta.cryptoki;

import org.jspecify.annotations.NullMarked;
