/// The card's page: geometry, ink, fonts, pictures, and the code under the number.
@NullMarked
package karuta.provisioning.print.page;

import org.jspecify.annotations.NullMarked;
