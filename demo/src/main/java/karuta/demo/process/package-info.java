/// Starts programs as child processes. None of them outlives the process that started it, even if that one is killed.
@NullMarked
package karuta.demo.process;

import org.jspecify.annotations.NullMarked;
