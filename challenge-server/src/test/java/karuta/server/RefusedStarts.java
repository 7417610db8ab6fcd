package karuta.server;

import java.util.Locale;
import karuta.server.log.Logs;

/// `karuta serve` for one configuration after the other, in one process. Between two of them a line on the standard error
/// says how the one before ended.
public final class RefusedStarts {
  static final String ENDED = "=== ended with ";

  private RefusedStarts() {}

  /// Serves with each, or is refused.
  ///
  /// @param arguments the configurations
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Logs.configure();
    for (var config : arguments) {
      var exitCode = Main.commandLine().execute("serve", "--config", config);
      System.err.println(ENDED + exitCode);
    }
    // as a program ends whose commands leave nothing behind
    System.exit(0);
  }
}
