/// The tool behind `scripts/repeat`, which runs chosen tests many times. The tests beside it are about the repository
/// itself: what it must not contain, what its documents must name, and the script `karuta`.
@NullMarked
package karuta.repository;

import org.jspecify.annotations.NullMarked;
