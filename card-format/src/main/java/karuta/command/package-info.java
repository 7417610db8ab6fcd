/// How every program of Karuta ends, for scripts and supervisors.
@NullMarked
package karuta.command;

import org.jspecify.annotations.NullMarked;
