/// Checks that a token can be trusted: that it offers all mechanisms and attributes Karuta needs, and that it reports a
/// wrong MAC as wrong, neither as right nor as a fault.
@NullMarked
package karuta.token.check;

import org.jspecify.annotations.NullMarked;
