/// The body of a bundle: the file that carries a batch's books from the issuer to the server.
///
/// A body is UTF-8 JSON lines, each ended by one line feed: a manifest, one line per card, a trailer. This package
/// writes and reads bodies and knows nothing of the signature around them (CMS SignedData by the issuer key), nor of
/// layouts: a body says which cells a draw asks and carries the tag of the right answer, never the answer.
/// `docs/encoding.md` has the fields.
@NullMarked
package karuta.bundle;

import org.jspecify.annotations.NullMarked;
