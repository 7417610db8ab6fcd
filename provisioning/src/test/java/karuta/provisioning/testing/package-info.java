/// Programs in processes of their own, and hosts at which custodians work; other modules' tests use them too.
@NullMarked
package karuta.provisioning.testing;

import org.jspecify.annotations.NullMarked;
