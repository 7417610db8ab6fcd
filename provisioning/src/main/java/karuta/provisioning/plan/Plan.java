package karuta.provisioning.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import karuta.digest.Sha256;

/// What a command will do, in the order in which it will: computed first, as a value, from the command line, the token
/// and the files. `--dry-run` prints it, [DryRun] carries it out, and whoever approves it approves its digest.
///
/// A step is what one deed does, all of it or nothing. There is no other way to a deed than through its step.
public final class Plan {
  private static final String FORMAT = "karuta plan v1\n";
  private static final String INDENT = "      ";

  /// Control, format and unassigned characters, and line and paragraph separators.
  private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final List<Step> steps;

  private Plan(List<Step> steps) {
    this.steps = steps;
  }

  private record Step(List<Action> actions, Deed deed) {}

  /// Does what its actions say. What it learns it may hand on to later deeds of the same plan.
  @FunctionalInterface
  public interface Deed {
    void run() throws IOException;
  }

  /// A plan that changes nothing.
  public static Plan empty() {
    return new Plan(List.of());
  }

  /// This plan, and then one step more.
  ///
  /// @param actions 1 or more: all that the deed changes
  public Plan then(Deed deed, List<Action> actions) {
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a step says what it changes");
    }
    actions.stream().map(Action::lines).flatMap(List::stream).forEach(Plan::requirePlain);
    var more = new ArrayList<>(steps);
    more.add(new Step(List.copyOf(actions), deed));
    return new Plan(List.copyOf(more));
  }

  /// A name that holds a line's end, an escape sequence or a change of direction could show people something else than
  /// what they approve.
  private static void requirePlain(String line) {
    if (NOT_PLAIN.matcher(line).find()) {
      throw new IllegalArgumentException(
          "a name or text with a control character in it cannot stand in a plan: "
              + NOT_PLAIN.matcher(line).replaceAll("?"));
    }
  }

  /// This plan, and then one step more.
  public Plan then(Deed deed, Action... actions) {
    return then(deed, List.of(actions));
  }

  /// All actions in words, each line ended by a line feed: a line that begins with `would` for each action, indented
  /// lines of detail behind it. The same plan has the same text, wherever and whenever it is made.
  public String text() {
    var text = new StringBuilder();
    for (var step : steps) {
      for (var action : step.actions()) {
        var prefix = "would ";
        for (var line : action.lines()) {
          text.append(prefix).append(line).append('\n');
          prefix = INDENT;
        }
      }
    }
    return steps.isEmpty() ? "would change nothing\n" : text.toString();
  }

  /// SHA-256 of the text, after a line that says that it is a plan's; 64 hex digits.
  public String digest() {
    return Sha256.hex((FORMAT + text()).getBytes(StandardCharsets.UTF_8));
  }

  void carryOut() throws IOException {
    for (var step : steps) {
      step.deed().run();
    }
  }
}
