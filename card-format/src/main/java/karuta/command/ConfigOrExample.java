package karuta.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The configuration of a service, or an example of one: one of the two, as an [picocli.CommandLine.ArgGroup].
public final class ConfigOrExample {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description =
          "the configuration, a TOML file; every problem in it is named by file, line and field")
  private @Nullable Path config;

  @Option(
      names = "--example",
      required = true,
      description = "print a configuration with every field and what it means, and end")
  @SuppressWarnings("UnusedVariable") // given or not, it is what leaves the file out
  private boolean example;

  /// The file that was named; null if an example is asked for.
  public @Nullable Path config() {
    return config;
  }

  /// The example configuration that lies beside a program's classes.
  ///
  /// @param resource such as `/karuta/guard/example.toml`
  public static String example(Class<?> program, String resource) {
    try (var in = program.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the example configuration is missing: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
