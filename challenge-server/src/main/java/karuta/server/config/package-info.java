/// The one configuration file: read strictly, all problems reported at once, each with its file, line and field.
@NullMarked
package karuta.server.config;

import org.jspecify.annotations.NullMarked;
