/// An attacker: what he tries with a stolen login or a stolen database, and how far it takes him.
@NullMarked
package karuta.demobank.attack;

import org.jspecify.annotations.NullMarked;
