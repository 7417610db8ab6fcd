/// What the online verifier token does: check an answer, sign a receipt, agree a verify-only key.
@NullMarked
package karuta.token.verifier;

import org.jspecify.annotations.NullMarked;
