package karuta.demo.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/// Runs a program and ends it with whoever started this process, however that came about: the kernel closes a process's
/// end of every pipe with it, and nothing but the end ever comes through this program's standard input. A JVM that is
/// killed runs no hook of its own, and numbers of processes that were written down for somebody else to stop can be
/// written too late.
///
/// A program that hangs can be ended too: the property `karuta.longest-life`, an ISO 8601 duration, says when, and
/// before that it says where each of its threads stands.
public final class Leash {
  private static final int CUT = 99;

  private Leash() {}

  /// Runs the program.
  ///
  /// @param arguments the program's class, then what it wants to know itself
  public static void main(String[] arguments) throws Throwable {
    Thread.ofPlatform().name("leash").daemon(true).start(Leash::endWithTheInput);
    var longest = System.getProperty("karuta.longest-life");
    if (longest != null) {
      Thread.ofPlatform()
          .name("longest-life")
          .daemon(true)
          .start(() -> endAfter(Duration.parse(longest)));
    }
    var main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void endWithTheInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // as good as its end
    }
    Runtime.getRuntime().halt(CUT);
  }

  private static void endAfter(Duration life) {
    try {
      Thread.sleep(life);
    } catch (InterruptedException _) {
      return;
    }
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> System.err.println(thread + "\n  at " + Arrays.toString(stack)));
    Runtime.getRuntime().halt(CUT);
  }
}
