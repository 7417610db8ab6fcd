/// `./karuta demo` and what else is done with a whole stack from the command line.
@NullMarked
package karuta.demo.cli;

import org.jspecify.annotations.NullMarked;
