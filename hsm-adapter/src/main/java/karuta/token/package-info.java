/// A PKCS#11 token as Karuta uses it: found by label and serial, logged in once, kept alive through losses, and trusted
/// only after its keys and its answers were checked.
///
/// What only one side may do lives apart: `karuta.token.issuer` makes layouts and tags, `karuta.token.verifier` checks
/// answers. Nothing here depends on either.
@NullMarked
package karuta.token;

import org.jspecify.annotations.NullMarked;
