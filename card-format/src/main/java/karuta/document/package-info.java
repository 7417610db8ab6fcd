/// Signed files: the one check of a CMS signature (RFC 5652) by a pinned certificate.
@NullMarked
package karuta.document;

import org.jspecify.annotations.NullMarked;
