package karuta.guard.upkeep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.command.CommandFailed;
import karuta.guard.client.ChainHead;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say what is known of a journal: heads, or a file of them. The file is for whoever collects the log:
/// what stands in it is a head or nothing, and never another option.
public final class KnownHeads {
  /// A few thousand heads, where there are as many as guards.
  private static final int LONGEST = 1 << 18;

  @Option(
      names = "--known",
      paramLabel = "GUARD:NUMBER:HASH",
      converter = KnownHead.class,
      description =
          "a head as the log or an earlier run told it, which the journal must have; as often as you like")
  private List<ChainHead> given = List.of();

  @Option(
      names = "--known-file",
      paramLabel = "FILE",
      description =
          "a file of such heads, one a line; if there is no such file, no head is known by it")
  private @Nullable Path file;

  /// Every head that was named.
  ///
  /// @throws CommandFailed if the file cannot be read, or a line of it is no head
  public List<ChainHead> all() {
    var heads = new ArrayList<>(given);
    if (file != null) {
      heads.addAll(read(file));
    }
    return heads;
  }

  private static List<ChainHead> read(Path file) {
    var lines = text(file).lines().toList();
    var heads = new ArrayList<ChainHead>();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty()) {
        heads.add(head(file, i + 1, line));
      }
    }
    return heads;
  }

  private static ChainHead head(Path file, int number, String line) {
    try {
      return new KnownHead().convert(line);
    } catch (TypeConversionException wrong) {
      throw CommandFailed.usage(
          "%s:%d: %s".formatted(file, number, String.valueOf(wrong.getMessage())));
    }
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw CommandFailed.usage(file + ": too long for a file of heads");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }
}
