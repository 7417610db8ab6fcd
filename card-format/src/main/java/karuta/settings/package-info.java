/// Strict reading of configuration files (TOML 1.0): every value is checked, every key must be known, and all problems
/// are reported together, each with file, line and field.
@NullMarked
package karuta.settings;

import org.jspecify.annotations.NullMarked;
