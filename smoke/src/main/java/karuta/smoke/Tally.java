package karuta.smoke;

import java.io.PrintStream;

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

  static void expectEqual(Object actual, Object wanted, String what) {
    expect(actual.equals(wanted), what + " is " + actual + ", not " + wanted);
  }
}
