/// Tests of plans as values.
@NullMarked
package karuta.provisioning.plan;

import org.jspecify.annotations.NullMarked;
