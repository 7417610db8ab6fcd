package karuta.server.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/// Runs another program's `main` and ends with whoever started this process: the kernel closes the standard input when
/// they are gone, killed or not. A process that hangs ends too, and says before where each of its threads stands.
public final class Leash {
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
  private static final int CUT = 99;

  private Leash() {}

  /// Runs the class.
  ///
  /// @param arguments the class to run, and its arguments
  public static void main(String[] arguments) throws Throwable {
    Thread.ofPlatform().name("leash").daemon(true).start(Leash::endWithTheInput);
    Thread.ofPlatform().name("longest-life").daemon(true).start(Leash::endInTime);
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWithTheInput() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever written there
      }
    } catch (IOException _) {
      // as good as its end
    }
    Runtime.getRuntime().halt(CUT);
  }

  private static void endInTime() {
    try {
      Thread.sleep(LONGEST_LIFE);
    } catch (InterruptedException _) {
      return;
    }
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> System.err.println(thread + "\n  at " + Arrays.toString(stack)));
    Runtime.getRuntime().halt(CUT);
  }
}
