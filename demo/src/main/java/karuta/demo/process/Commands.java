package karuta.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who carries out one command of a program after another, in one process: custodians at a host with one
/// token, an operator at a server. The process is started for the first command.
public final class Commands implements AutoCloseable {
  /// What a desk says before an exit code.
  static final String ENDED = "ended with ";

  private final List<String> words;
  private final Child.Place place;
  private @Nullable Child desk;

  /// @param words start the process
  Commands(List<String> words, Child.Place place) {
    this.words = List.copyOf(words);
    this.place = place;
  }

  /// Whoever carries out the commands of a program.
  ///
  /// @param jvm the program's, see [Programs]
  public static Commands at(List<String> jvm, Program program, Child.Place place) {
    var words = new ArrayList<>(jvm);
    words.add(Desk.class.getName());
    words.add(program.main());
    return new Commands(words, place);
  }

  private Child desk() {
    if (desk == null) {
      desk = Child.start(words, place);
    }
    return desk;
  }

  /// Begins a command that may wait for others. There is one at a time; the next begins when it has ended.
  public Begun begin(String... words) {
    try {
      var begun =
          new Begun(
              words,
              Files.createTempFile("karuta", ".out"),
              Files.createTempFile("karuta", ".err"));
      var line = new ArrayList<>(List.of(begun.out.toString(), begun.err.toString()));
      line.addAll(List.of(words));
      desk().tell(String.join("\t", line));
      return begun;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Carries out a command.
  public Ended run(String... words) {
    return begin(words).end();
  }

  /// Carries out a command that must succeed.
  ///
  /// @throws IllegalStateException with what it said, if it does not
  public void done(String... words) {
    begin(words).done();
  }

  /// A command that has been begun.
  public final class Begun {
    private final String[] words;
    private final Path out;
    private final Path err;

    private Begun(String[] words, Path out, Path err) {
      this.words = words;
      this.out = out;
      this.err = err;
    }

    /// Its results so far.
    public String out() {
      return read(out);
    }

    /// Its progress and errors so far.
    public String err() {
      return read(err);
    }

    /// Whether it has ended, one way or another.
    public boolean ended() {
      return desk().hasSaid(ENDED);
    }

    /// Waits for its end.
    public Ended end() {
      try {
        var code = Integer.parseInt(desk().line(ENDED));
        var ended = new Ended(code, read(out), read(err));
        Logs.add(place.log(), ended.out() + ended.err());
        return ended;
      } finally {
        remove(out);
        remove(err);
      }
    }

    /// Waits for its end, which must be a success.
    ///
    /// @throws IllegalStateException with what it said, if it is not
    public void done() {
      var ended = end();
      if (ended.exitCode() != 0) {
        throw new IllegalStateException(
            "karuta %s ended with %d:\n%s"
                .formatted(String.join(" ", words), ended.exitCode(), ended.err().strip()));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (desk != null) {
      desk.close();
    }
  }
}
