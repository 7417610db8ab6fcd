package karuta.provisioning.document;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all, and never take the place of others.
public final class NewFile {
  private NewFile() {}

  /// Writes under another name, forces it to the disk, then gives it its name.
  ///
  /// @throws FileAlreadyExistsException if there is a file of that name
  public static void write(Path file, Content content) throws IOException {
    var target = file.toAbsolutePath();
    var partial = target.resolveSibling("." + target.getFileName() + ".partial");
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try {
      try (var channel =
              FileChannel.open(
                  partial,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.write(out);
        out.flush();
        channel.force(true);
      }
      // A hard link is refused when the name is taken; a move would replace the file that took it
      // meanwhile.
      Files.createLink(target, partial);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /// Writes a file's content.
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }
}
