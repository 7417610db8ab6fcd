/// Front ends that put questions and answer them: as fast as they are answered, or at a rate; and what it costs whom.
@NullMarked
package karuta.benchmarks.load;

import org.jspecify.annotations.NullMarked;
