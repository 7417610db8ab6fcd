@NullMarked
package karuta.benchmarks.load;

import org.jspecify.annotations.NullMarked;
