/// Histories of answering, settling and judging: the program's own code over a database, a token, a clock and a
/// schedule that are simulated, with whatever can go wrong going wrong at any step, all of it chosen by one number.
@NullMarked
package karuta.server.simulation;

import org.jspecify.annotations.NullMarked;
