/// A person's first hour with Karuta as a program: every promise of the answer path that can be seen from outside is
/// tried against a running server, as its clients see it.
@NullMarked
package karuta.smoke;

import org.jspecify.annotations.NullMarked;
