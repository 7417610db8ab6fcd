@NullMarked
package karuta.benchmarks;

import org.jspecify.annotations.NullMarked;
