package karuta.server.simulation;

import java.util.ArrayList;
import java.util.List;

/// What happened, in words, each line as far in as it happened within something else.
final class Words {
  private final List<String> lines = new ArrayList<>();
  private int depth;

  @SuppressWarnings("AnnotateFormatMethod") // the annotation lies in a library of its own
  void say(String line, Object... about) {
    lines.add("  ".repeat(depth) + (about.length == 0 ? line : line.formatted(about)));
  }

  /// Says what happens within something else.
  void within(Runnable something) {
    depth++;
    try {
      something.run();
    } finally {
      depth--;
    }
  }

  int depth() {
    return depth;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
