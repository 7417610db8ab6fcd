/// The server's configuration file: read strictly, with all problems reported together, each with file, line and field.
@NullMarked
package karuta.server.config;

import org.jspecify.annotations.NullMarked;
