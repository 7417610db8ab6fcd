@NullMarked
package karuta.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
