/// Keys and certificates for signed files: signing with a key that stays in its token, and reading the certificates
/// that signatures are verified with. Certificates are pinned by people; no chain is followed.
@NullMarked
package karuta.provisioning.document;

import org.jspecify.annotations.NullMarked;
