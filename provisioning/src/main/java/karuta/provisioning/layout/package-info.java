/// Derives layouts: which picture stands in which cell of a card. A layout is in memory only while its card is made,
/// and on disk only inside the encrypted print job.
@NullMarked
package karuta.provisioning.layout;

import org.jspecify.annotations.NullMarked;
