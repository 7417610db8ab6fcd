/// Reads configuration files (TOML 1.0), strictly: every value is checked, every key must be known, and all that is
/// wrong is said at once with file, line and field.
@NullMarked
package karuta.settings;

import org.jspecify.annotations.NullMarked;
