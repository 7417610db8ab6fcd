/// A PKCS#11 token as Karuta uses it: found by label and serial, logged in once, and kept alive through losses.
///
/// Above it stand `karuta.token.key`, what keys may do and how they are made, and `karuta.token.check`, which tries
/// whether a token can be trusted; below it `karuta.token.jca`, JCA's way to the same token. What only one side may do
/// lives apart: `karuta.token.issuer` makes layouts and tags, `karuta.token.verifier` checks answers. Nothing else
/// depends on either.
@NullMarked
package karuta.token;

import org.jspecify.annotations.NullMarked;
