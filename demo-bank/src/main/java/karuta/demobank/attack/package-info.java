/// Attacks with a stolen login or a stolen database, tried against the live server, and how far each gets.
@NullMarked
package karuta.demobank.attack;

import org.jspecify.annotations.NullMarked;
