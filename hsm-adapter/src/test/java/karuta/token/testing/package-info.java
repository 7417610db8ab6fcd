/// Tokens for tests, here and in the other modules: a fake one, SoftHSM in this process, SoftHSM behind a server, and
/// faults on demand over any of them.
@NullMarked
package karuta.token.testing;

import org.jspecify.annotations.NullMarked;
