/// `./karuta bench`: what Karuta does in a second, beside what its parts would do alone.
@NullMarked
package karuta.benchmarks;

import org.jspecify.annotations.NullMarked;
