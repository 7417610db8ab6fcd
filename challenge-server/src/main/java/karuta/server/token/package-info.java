/// The one small door to the verifier token.
///
/// It is kept this narrow so that the token's PIN can later live in a guard process of its own that caps failed verifies:
/// whoever owns a running server owns an oracle of one guess in 4,096 a draw.
@NullMarked
package karuta.server.token;

import org.jspecify.annotations.NullMarked;
