/// Imports bundles: verifies the signature and the whole content of a bundle first, and then stores its books, all of
/// them or none. A bundle that is not the next one of its issuer, or has a card that was never ordered, is refused.
@NullMarked
package karuta.server.book;

import org.jspecify.annotations.NullMarked;
