/// A card's book: which cells are asked together, and the tags of the right answers.
@NullMarked
package karuta.provisioning.book;

import org.jspecify.annotations.NullMarked;
