/// The verifier token as a process of the guard has it: opened, audited, self-tested, and watched for calls that hang.
@NullMarked
package karuta.guard.verifier;

import org.jspecify.annotations.NullMarked;
