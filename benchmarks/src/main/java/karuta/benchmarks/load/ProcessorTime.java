package karuta.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.benchmarks.stack.MeasuredStack.Part;

/// How much processor time each part has used (proc_pid_stat(5), user and system).
public record ProcessorTime(Map<String, Duration> parts) {
  /// What `getconf CLK_TCK` says on every Linux of today.
  private static final long TICKS_A_SECOND = 100;

  private static final int USER = 11;
  private static final int SYSTEM = 12;

  /// So far.
  public static ProcessorTime of(List<Part> running) {
    var parts = new LinkedHashMap<String, Duration>();
    for (var part : running) {
      var ticks = part.processes().stream().mapToLong(ProcessorTime::ticks).sum();
      parts.put(part.name(), Duration.ofMillis(ticks * 1_000 / TICKS_A_SECOND));
    }
    return new ProcessorTime(parts);
  }

  private static long ticks(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      // the name of the program may have blanks in it, and ends with the last bracket
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    } catch (IOException e) {
      return 0;
    }
  }

  /// What was used since an earlier look, in milliseconds for each of so many.
  public Map<String, Double> since(ProcessorTime earlier, long count) {
    var used = new LinkedHashMap<String, Double>();
    parts.forEach(
        (name, time) ->
            used.put(
                name,
                time.minus(earlier.parts.getOrDefault(name, Duration.ZERO)).toMillis()
                    / (double) count));
    return used;
  }
}
