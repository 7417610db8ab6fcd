/// The guard's one configuration file, checked as a whole before anything is opened.
@NullMarked
package karuta.guard.config;

import org.jspecify.annotations.NullMarked;
