/// Programs in processes of their own, none of which outlives the one that started it.
@NullMarked
package karuta.demo.process;

import org.jspecify.annotations.NullMarked;
