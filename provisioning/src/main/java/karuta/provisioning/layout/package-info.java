/// The secret itself: which picture stands in which cell of a card. Exists here only, only while a card is made.
@NullMarked
package karuta.provisioning.layout;

import org.jspecify.annotations.NullMarked;
