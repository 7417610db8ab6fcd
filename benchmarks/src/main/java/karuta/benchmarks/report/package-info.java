/// What a run has measured, as a table, as JSON, and beside an earlier run.
@NullMarked
package karuta.benchmarks.report;

import org.jspecify.annotations.NullMarked;
