/// A fake challenge server in memory that keeps the contract and can be told to fail.
@NullMarked
package karuta.demobank.fake;

import org.jspecify.annotations.NullMarked;
