/// Tests of the repository itself: what it must not hold, what its documents must name, and what its front door says.
@NullMarked
package karuta.repository;

import org.jspecify.annotations.NullMarked;
