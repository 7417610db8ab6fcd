/// Making a batch: from a file of subjects to a bundle for each verifier token and a print job, in constant memory, all
/// or nothing.
@NullMarked
package karuta.provisioning.batch;

import org.jspecify.annotations.NullMarked;
