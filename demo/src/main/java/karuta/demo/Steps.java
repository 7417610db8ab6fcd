package karuta.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The steps that make a stack. One whose result is there is not done again, so what was interrupted goes on where it
/// stopped. Each is told when it is done, and counted.
public final class Steps {
  private final PrintStream out;
  private int passed;

  /// @param out where a line is printed for each
  public Steps(PrintStream out) {
    this.out = out;
  }

  /// What makes something, or says why not.
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /// A step that did not make what it should.
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String claim, Throwable cause) {
      super("this step failed: " + claim + "\n" + cause.getMessage(), cause);
    }
  }

  /// Does a step.
  ///
  /// @param claim what it does, in words
  /// @param makes what is there when it is done, and only then
  void step(String claim, Path makes, Action action) {
    try {
      if (!Files.exists(makes)) {
        action.run();
        if (!Files.exists(makes)) {
          throw new IllegalStateException("it made no " + makes);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new Failed(claim, e);
    }
    passed++;
    out.println("ok    " + claim);
  }

  /// A step that leaves no file of its own leaves a mark.
  ///
  /// @param mark the file that says it was done
  void marked(String claim, Path mark, Action action) {
    step(
        claim,
        mark,
        () -> {
          action.run();
          Files.createFile(mark);
        });
  }

  /// How many are done.
  public int passed() {
    return passed;
  }
}
