/// The commands that build and run a whole stack: `./karuta demo` and `./karuta measure-batch`.
@NullMarked
package karuta.demo.cli;

import org.jspecify.annotations.NullMarked;
