/// Draws a card as a PDF page: geometry, colours, fonts, pictures, and the Data Matrix code below the number.
@NullMarked
package karuta.provisioning.print.page;

import org.jspecify.annotations.NullMarked;
