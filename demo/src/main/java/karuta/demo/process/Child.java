package karuta.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A Java program in a process of its own, which ends with this one. What it says is appended to a log; the lines of
/// its standard output can be waited for.
public final class Child implements AutoCloseable {
  private static final long SECONDS_TO_END = 30;

  /// Stands behind the last line.
  private static final String END = "\0end";

  private final Process process;
  private final PrintWriter in;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    Thread.ofPlatform().daemon().name("lines of " + process.pid()).start(this::read);
  }

  /// Where a program runs and what it is told beside its arguments.
  ///
  /// @param log what it says is appended to this file
  /// @param directory it runs in
  /// @param environment added to ours
  public record Place(Path log, Path directory, Map<String, String> environment) {
    /// Here, with nothing added.
    public static Place of(Path log) {
      return new Place(log, Path.of(""), Map.of());
    }

    /// With the SoftHSM store in a directory: SoftHSM takes its configuration from a process's environment.
    public Place withToken(Path home) {
      var conf = home.toAbsolutePath().resolve("softhsm2.conf").toString();
      return new Place(log, directory, Map.of("SOFTHSM2_CONF", conf));
    }
  }

  /// Starts a program that never reads its standard input.
  public static Child start(List<String> jvm, String main, Place place, String... arguments) {
    var words = new ArrayList<>(jvm);
    words.add(Leash.class.getName());
    words.add(main);
    words.addAll(List.of(arguments));
    return start(words, place);
  }

  /// Starts a program that reads its standard input, and ends where that ends.
  static Child start(List<String> words, Place place) {
    var builder =
        new ProcessBuilder(words)
            .directory(place.directory().toAbsolutePath().toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
    builder.environment().putAll(place.environment());
    try {
      return new Child(builder.start(), place.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives it a line to read.
  void tell(String line) {
    in.println(line);
  }

  /// Waits for a line.
  ///
  /// @return the rest of the next line it prints that begins with `prefix`
  /// @throws IllegalStateException with the end of its log, if there is none in time or before it ends
  public String line(String prefix) {
    var end = System.nanoTime() + Waiting.PATIENCE.toNanos();
    try {
      while (true) {
        var line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw failed("waited in vain for '" + prefix + "'");
        }
        if (line.equals(END)) {
          lines.add(END);
          throw failed("it ended before it said '" + prefix + "'");
        }
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for '" + prefix + "'", e);
    }
  }

  /// Whether a line that begins with `prefix` can be read at once, or no line will come any more.
  boolean hasSaid(String prefix) {
    return lines.stream().anyMatch(line -> line.startsWith(prefix) || line.equals(END));
  }

  private void read() {
    try (var out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var copy =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        copy.append(line).append('\n').flush();
        lines.add(line);
      }
    } catch (IOException e) {
      // The pipe is closed with the process; what there was to say has been said.
    } finally {
      lines.add(END);
    }
  }

  /// What it said last, when it did not do what it should.
  public IllegalStateException failed(String what) {
    return new IllegalStateException(what + "; the end of " + log + ":\n" + Logs.end(log));
  }

  /// Its number among the processes of this machine.
  public long pid() {
    return process.pid();
  }

  /// Whether it still runs.
  public boolean alive() {
    return process.isAlive();
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /// Ends it in order and waits until it has; by force if it will not.
  @Override
  public void close() {
    // Process.destroy would close its standard input too, as if this process had ended
    process.toHandle().destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
