/// Tokens for tests, here and in other modules: a fake token, SoftHSM in this process, SoftHSM behind p11-kit's server,
/// and injected faults over any of them.
@NullMarked
package karuta.token.testing;

import org.jspecify.annotations.NullMarked;
