/// Attacks with a stolen login or a stolen database, and how far each gets.
@NullMarked
package karuta.demobank.attack;

import org.jspecify.annotations.NullMarked;
