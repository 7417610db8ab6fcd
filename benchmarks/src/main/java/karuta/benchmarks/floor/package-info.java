/// What the parts would do alone: a server that answers with bytes that are ready, the least statements, the token
/// calls from a loop. Nothing that is built on these parts can be faster, so they are what a result is held against.
@NullMarked
package karuta.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
