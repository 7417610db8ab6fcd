/// The databases when they do not do what they are asked, with real processes.
@NullMarked
package karuta.database;

import org.jspecify.annotations.NullMarked;
