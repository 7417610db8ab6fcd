/// Searches the memory of running processes for what must never be there, in heap dumps and through `/proc`.
@NullMarked
package karuta.smoke.memory;

import org.jspecify.annotations.NullMarked;
