/// The key policy: which attributes each kind of key must have, the audit of a token against it, and how signing keys
/// and agreed keys are made. Also the data objects in which a token remembers finished epochs and the guards' journals.
@NullMarked
package karuta.token.key;

import org.jspecify.annotations.NullMarked;
