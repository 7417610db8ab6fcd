/// Signed files: the one way to write a CMS signature (RFC 5652), and the one check of it by a pinned certificate.
@NullMarked
package karuta.document;

import org.jspecify.annotations.NullMarked;
