/// Tests of what is drawn on a card.
@NullMarked
package karuta.provisioning.print.page;

import org.jspecify.annotations.NullMarked;
