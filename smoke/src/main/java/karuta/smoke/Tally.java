package karuta.smoke;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Counts what held and what did not, a line for each, and ends with `N passed, M failed`.
final class Tally {
  private final PrintStream out;
  private int passed;
  private int failed;

  Tally(PrintStream out, int alreadyPassed) {
    this.out = out;
    this.passed = alreadyPassed;
  }

  /// A thing that must hold; whatever it throws counts as failed and the next check goes on.
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  void check(String claim, Check check) {
    try {
      check.run();
      passed++;
      out.println("ok    " + claim);
    } catch (Exception | AssertionError e) {
      failed++;
      out.println("FAIL  " + claim + ": " + e);
    }
  }

  /// Says what could not be looked at on this machine, so that nobody takes it for passed.
  void leave(String claim, String why) {
    out.println("left  " + claim + ": " + why);
  }

  /// Prints the closing line and tells whether nothing failed.
  boolean close() {
    out.println(passed + " passed, " + failed + " failed");
    return failed == 0;
  }

  static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  static void expectEqual(@Nullable Object actual, Object wanted, String what) {
    expect(wanted.equals(actual), what + " is " + brief(actual) + ", not " + brief(wanted));
  }

  /// A challenge has 128 pictures; a line of output shows its beginning.
  private static String brief(@Nullable Object value) {
    var text = String.valueOf(value).replace('\n', ' ');
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
