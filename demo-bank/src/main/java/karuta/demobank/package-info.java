/// The demo bank: a small internet-banking front end that knows of cards only what the public API tells.
@NullMarked
package karuta.demobank;

import org.jspecify.annotations.NullMarked;
