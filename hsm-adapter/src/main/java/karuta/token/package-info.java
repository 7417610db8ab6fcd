/// A PKCS#11 token as Karuta uses it: found by label and serial number, logged in once, and found again after it was
/// lost.
///
/// `karuta.token.key` makes and audits keys, `karuta.token.check` tries whether a token can be trusted, and
/// `karuta.token.jca` reaches the same token through JCA. What only one side may do is in packages of its own:
/// `karuta.token.issuer` makes layouts and tags, `karuta.token.verifier` checks answers. No other package depends on
/// either of these two.
@NullMarked
package karuta.token;

import org.jspecify.annotations.NullMarked;
