package karuta.settings;

import java.util.List;

/// A configuration file that cannot be used. The message has a line for each problem, naming file, line and field; it
/// never repeats a value, because a value may be a secret in the wrong place.
public final class SettingsInvalid extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /// @param problems a text for the operator for each, without a value
  public SettingsInvalid(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// One text for each problem.
  public List<String> problems() {
    return problems;
  }
}
