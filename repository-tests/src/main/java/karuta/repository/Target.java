package karuta.repository;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Tests to repeat.
///
/// @param module a module's directory, or `all`
/// @param classes a class name or a pattern with `*`; empty for all
/// @param methods the same for methods
record Target(String module, String classes, String methods) {
  /// The class names that surefire takes for tests.
  private static final String TEST_CLASSES = "(.*\\.)?(Test[^.]*|[^.]*(Test|Tests|TestCase))";

  private static final Pattern FORM =
      Pattern.compile("(?<module>[\\w-]+)(:(?<classes>[\\w.$*]*)(#(?<methods>[\\w*]+))?)?");

  /// Reads `MODULE[:CLASSES[#METHODS]]`.
  ///
  /// @throws IllegalArgumentException if it has another form
  static Target parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException("'" + text + "' names no tests");
    }
    return new Target(
        found.group("module"), orEmpty(found.group("classes")), orEmpty(found.group("methods")));
  }

  @SuppressWarnings("NullAway") // a group that took part in no match
  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }

  boolean isAll() {
    return module.equals("all");
  }

  /// The command that runs them, in the module's directory.
  ///
  /// @param reports the directory for JUnit's reports
  List<String> command(Path repository, Path reports) throws IOException {
    if (isAll()) {
      return List.of(repository.resolve("karuta").toString(), "test");
    }
    var directory = repository.resolve(module);
    var target = directory.resolve("target");
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-ea"));
    command.addAll(new SurefireSettings(repository).options(module));
    command.addAll(
        List.of(
            "-cp",
            String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(target.resolve("test.classpath")).strip()),
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--disable-banner",
            "--disable-ansi-colors",
            "--details",
            "testfeed",
            "--fail-if-no-tests",
            "--scan-class-path",
            target.resolve("test-classes").toString(),
            "--include-classname",
            classes.isEmpty() ? TEST_CLASSES : "(.*\\.)?" + regex(classes),
            "--reports-dir",
            reports.toString()));
    if (!methods.isEmpty()) {
      command.addAll(List.of("--include-methodname", ".*#" + regex(methods)));
    }
    return command;
  }

  private static String regex(String pattern) {
    return pattern.replaceAll("[.$]", "\\\\$0").replace("*", ".*");
  }

  @Override
  public String toString() {
    return module
        + (classes.isEmpty() && methods.isEmpty() ? "" : ":" + classes)
        + (methods.isEmpty() ? "" : "#" + methods);
  }
}
