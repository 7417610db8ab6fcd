@NullMarked
package karuta.benchmarks.report;

import org.jspecify.annotations.NullMarked;
