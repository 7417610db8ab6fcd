/// The bank itself: invented customers, their accounts and transfers, all in memory.
@NullMarked
package karuta.demobank.bank;

import org.jspecify.annotations.NullMarked;
