/// The guard's configuration file: read strictly and checked as a whole before anything is opened.
@NullMarked
package karuta.guard.config;

import org.jspecify.annotations.NullMarked;
