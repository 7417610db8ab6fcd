/// A stand-in of the challenge server in memory, true to the contract, with knobs for what goes wrong.
@NullMarked
package karuta.demobank.fake;

import org.jspecify.annotations.NullMarked;
