package karuta.provisioning.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/// What a command uses of its surroundings: output, prompt, clock, stop signal.
///
/// @param out results, for people and scripts
/// @param err progress and errors
/// @param terminal whether `err` is a terminal, where a line can be rewritten
/// @param prompt asks people
/// @param clock the time
/// @param stopped whether the user wants the command to end
public record Context(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    Prompt prompt,
    InstantSource clock,
    BooleanSupplier stopped) {
  /// The time to put into files, in whole seconds.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /// Prints one line of result.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation lies in a library of its own
  void say(String format, Object... arguments) {
    out.println(format.formatted(arguments));
    out.flush();
  }

  /// Prints one line beside the result.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation lies in a library of its own
  void note(String format, Object... arguments) {
    // On a terminal a line of progress may stand where this one begins.
    err.println((terminal ? "\r\033[K" : "") + "karuta: " + format.formatted(arguments));
    err.flush();
  }
}
