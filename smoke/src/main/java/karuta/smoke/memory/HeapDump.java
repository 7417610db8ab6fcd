package karuta.smoke.memory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;

/// A heap dump of a running JVM, taken with the JDK's `jcmd` and deleted on close.
///
/// Its file holds every primitive array as plain bytes, so those are looked for in the file itself; arrays of objects
/// are read as rows of the numbers in their elements.
public final class HeapDump implements AutoCloseable {
  /// Which objects the dump holds.
  public enum Scope {
    /// Also what is garbage, but not yet collected or overwritten.
    EVERYTHING,
    /// What can still be reached, after a full collection.
    REACHABLE
  }

  private static final int NONE = -1;

  private final Path directory;
  private final Path file;

  private HeapDump(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /// Has the JVM `process` write its heap into a directory of its own in `scratch`.
  ///
  /// @throws IOException if it does not, with what `jcmd` said
  public static HeapDump of(long process, Path scratch, Scope scope)
      throws IOException, InterruptedException {
    var directory = Files.createTempDirectory(scratch.toAbsolutePath(), "heap");
    var file = directory.resolve("heap.hprof");
    var dump = new HeapDump(directory, file);
    try {
      var said =
          scope == Scope.EVERYTHING
              ? jcmd(process, "GC.heap_dump", "-all", file.toString())
              : jcmd(process, "GC.heap_dump", file.toString());
      if (!Files.exists(file)) {
        throw new IOException("no heap dump of process " + process + ": " + said);
      }
      return dump;
    } catch (IOException e) {
      dump.close();
      throw e;
    }
  }

  /// Has the JVM `process` collect its whole heap.
  ///
  /// @throws IOException if it does not, with what `jcmd` said
  public static void collect(long process) throws IOException, InterruptedException {
    var _ = jcmd(process, "GC.run");
  }

  private static String jcmd(long process, String... asked)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(String.valueOf(process));
    command.addAll(List.of(asked));
    var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (jcmd.waitFor() != 0) {
      throw new IOException("process " + process + ", " + asked[0] + ": " + said);
    }
    return said;
  }

  /// The names of the traces that stand in the dump.
  public Set<String> find(Traces traces) throws IOException {
    var found = new TreeSet<String>();
    try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
      found.addAll(traces.needles().in(bytes::read));
    }
    Iterator<?> objects = HeapFactory.createHeap(file.toFile()).getAllInstancesIterator();
    while (objects.hasNext()) {
      if (objects.next() instanceof ObjectArrayInstance array) {
        var ids = ids(array.getValues());
        for (var from = 0; from < ids.size(); from++) {
          traces.windowAt(ids, from).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    // The reader leaves its index beside the dump.
    try (var files = Files.walk(directory)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Integer> ids(List<?> elements) {
    var ids = new ArrayList<Integer>(elements.size());
    for (var element : elements) {
      ids.add(element instanceof Instance instance ? id(instance) : NONE);
    }
    return ids;
  }

  /// The number in a boxed number, in a picture id, or in what names one.
  private static int id(Instance element) {
    return switch (element.getValueOfField("value")) {
      case Number value -> value.intValue();
      case null, default ->
          element.getValueOfField("id") instanceof Instance named ? number(named) : NONE;
    };
  }

  private static int number(@Nullable Instance id) {
    return id != null && id.getValueOfField("value") instanceof Number value
        ? value.intValue()
        : NONE;
  }
}
