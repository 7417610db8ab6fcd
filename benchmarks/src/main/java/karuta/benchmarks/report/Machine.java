package karuta.benchmarks.report;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a run was made on. Nothing of it names one machine among others of its kind.
///
/// @param processor its model, as the kernel has it
/// @param processors how many are there
/// @param memory in GiB
/// @param java the version of the JVM
public record Machine(String processor, int processors, long memory, String java) {
  private static final long KIB_A_GIB = 1L << 20;

  /// This one.
  public static Machine here() {
    return new Machine(
        first(Path.of("/proc/cpuinfo"), "model name", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(first(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("\\D", ""))
            / KIB_A_GIB,
        System.getProperty("java.vm.version", "unknown"));
  }

  private static String first(Path file, String name, String otherwise) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  /// In one line.
  public String line() {
    return "%s, %d processors, %d GiB, Java %s".formatted(processor, processors, memory, java);
  }

  JsonObject json() {
    return new JsonObject()
        .put("processor", processor)
        .put("processors", processors)
        .put("memoryGiB", memory)
        .put("java", java);
  }
}
