/// Makes a batch: from a file of subjects to one bundle for each verifier token and one print job, in constant memory,
/// all or nothing.
@NullMarked
package karuta.provisioning.batch;

import org.jspecify.annotations.NullMarked;
