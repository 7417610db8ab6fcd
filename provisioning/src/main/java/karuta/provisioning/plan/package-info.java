/// What a command will do, as a value that is computed first: `--dry-run` prints it, and the command then does exactly
/// that.
@NullMarked
package karuta.provisioning.plan;

import org.jspecify.annotations.NullMarked;
