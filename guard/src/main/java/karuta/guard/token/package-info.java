/// What a guard asks of the verifier token, and the token that does it.
@NullMarked
package karuta.guard.token;

import org.jspecify.annotations.NullMarked;
