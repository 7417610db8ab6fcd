/// Deterministic simulation of asking, judging and settling: the program's own code runs over a simulated database,
/// token, clock and scheduler, and faults are injected at any step. One number, the seed, chooses everything, so that a
/// failure can be repeated.
@NullMarked
package karuta.server.simulation;

import org.jspecify.annotations.NullMarked;
