/// A complete installation around the demo bank: SoftHSM tokens, custodians, bureau, challenge server, guard and
/// database, each in a process of its own.
@NullMarked
package karuta.demobank.real;

import org.jspecify.annotations.NullMarked;
