/// What is measured: a guard, a server and a database with very many cards, made in seconds by an issuer in software.
@NullMarked
package karuta.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
