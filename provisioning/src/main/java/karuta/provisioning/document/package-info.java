/// Signed files: CMS SignedData (RFC 5652) by a key that stays in its token.
@NullMarked
package karuta.provisioning.document;

import org.jspecify.annotations.NullMarked;
