package karuta.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a run of tests printed, by JUnit's console or by Maven.
///
/// @param lines as they came
record RunLog(List<String> lines) {
  private static final Pattern FAILED = Pattern.compile(".* :: FAILED|.*<<< (FAILURE|ERROR)!.*");
  private static final Pattern OTHER =
      Pattern.compile(
          ".* :: (STARTED|SUCCESSFUL|SKIPPED|ABORTED).*|Test run finished.*|\\[(INFO|WARNING)].*");
  private static final Pattern STARTED = Pattern.compile("\\[ *(\\d+) tests started *]");
  private static final Pattern MODULE =
      Pattern.compile("\\[[A-Z]+] Tests run: (\\d+), .*Skipped: \\d+");
  private static final int LAST = 40;

  /// How many tests were run.
  long tests() {
    return lines.stream()
        .flatMap(
            line ->
                Stream.of(STARTED.matcher(line), MODULE.matcher(line))
                    .filter(Matcher::matches)
                    .map(found -> Long.valueOf(found.group(1))))
        .mapToLong(Long::longValue)
        .sum();
  }

  /// The failed tests with their traces, or its end when there is none.
  List<String> failures() {
    var failures = new ArrayList<String>();
    var in = false;
    for (var line : lines) {
      if (FAILED.matcher(line).matches()) {
        in = true;
      } else if (OTHER.matcher(line).matches()) {
        in = false;
      }
      if (in) {
        failures.add(line);
      }
    }
    return failures.isEmpty()
        ? lines.subList(Math.max(0, lines.size() - LAST), lines.size())
        : failures;
  }
}
