package karuta.smoke.memory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The whole writable memory of a process on Linux, native memory and the token's library included, read through
/// `/proc/PID/mem` (proc(5)) while the process runs.
public final class ProcessMemory {
  private static final String HEX = "([0-9a-f]+)";
  private static final Pattern WRITABLE = Pattern.compile(HEX + "-" + HEX + " rw.*");

  private final Path directory;

  public ProcessMemory(long process) {
    this.directory = Path.of("/proc", String.valueOf(process));
  }

  /// Whether this system shows us this process's memory: it is Linux, and lets one process of a user look at another.
  public boolean isShown() {
    try (var memory = open()) {
      memory.seek(regions().getFirst().start());
      return memory.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// The names of the traces that stand in it.
  public Set<String> find(Traces traces) throws IOException {
    var found = new TreeSet<String>();
    try (var memory = open()) {
      for (var region : regions()) {
        memory.seek(region.start());
        found.addAll(
            traces.needles().in((into, from, length) -> read(memory, region, into, from, length)));
      }
    }
    return found;
  }

  private record Region(long start, long end) {}

  /// What is unmapped while we read, or is a device's, ends its region.
  private static int read(RandomAccessFile memory, Region region, byte[] into, int from, int length)
      throws IOException {
    var left = region.end() - memory.getFilePointer();
    try {
      return left <= 0 ? -1 : memory.read(into, from, (int) Math.min(left, length));
    } catch (IOException e) {
      return -1;
    }
  }

  private RandomAccessFile open() throws IOException {
    return new RandomAccessFile(directory.resolve("mem").toFile(), "r");
  }

  private List<Region> regions() throws IOException {
    var regions = new ArrayList<Region>();
    for (var line : Files.readAllLines(directory.resolve("maps"))) {
      var writable = WRITABLE.matcher(line);
      if (writable.matches()) {
        regions.add(
            new Region(
                HexFormat.fromHexDigitsToLong(writable.group(1)),
                HexFormat.fromHexDigitsToLong(writable.group(2))));
      }
    }
    return regions;
  }
}
