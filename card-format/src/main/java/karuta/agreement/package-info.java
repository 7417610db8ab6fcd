/// How a book key was derived (the key derivation function of `CKM_ECDH1_DERIVE`, PKCS#11 v2.40) and whether it is for
/// production or for development, as the files of a key agreement and the record of an epoch state it.
@NullMarked
package karuta.agreement;

import org.jspecify.annotations.NullMarked;
