/// What a command will change, as a value: said before it is done, printed by `--dry-run`, and done exactly so.
@NullMarked
package karuta.provisioning.plan;

import org.jspecify.annotations.NullMarked;
