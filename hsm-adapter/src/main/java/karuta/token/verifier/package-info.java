/// What the online verifier token does: verify a tag, sign receipts and seals, and agree a book key that can only
/// verify.
@NullMarked
package karuta.token.verifier;

import org.jspecify.annotations.NullMarked;
