/// The operations that the guard needs of the verifier token, as an interface, and its implementation over
/// `hsm-adapter`.
@NullMarked
package karuta.guard.token;

import org.jspecify.annotations.NullMarked;
