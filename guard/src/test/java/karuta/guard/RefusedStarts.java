package karuta.guard;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import karuta.log.Logs;

/// `karuta guard` for one configuration after the other, in one process. Between two of them a line on the standard
/// error says how the one before ended.
final class RefusedStarts {
  static final String ENDED = "=== ended with ";

  private RefusedStarts() {}

  /// Guards with each, or is refused.
  ///
  /// @param arguments the configurations
  static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Logs.configure();
    for (var config : arguments) {
      var exitCode =
          Main.commandLine().setOut(notRefused(config)).execute("guard", "--config", config);
      System.err.println(ENDED + exitCode);
    }
    // as a program ends whose commands leave nothing behind
    System.exit(0);
  }

  /// A guard that listens says so, and would do so for ever.
  private static PrintWriter notRefused(String config) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            System.err.println("not refused: " + config);
            Runtime.getRuntime().halt(1);
          }

          @Override
          public void flush() {
            // nothing is kept
          }

          @Override
          public void close() {
            // nothing is open
          }
        });
  }
}
