package karuta.document;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Files that are there whole or not at all, and never take the place of others.
///
/// Each is written under a name nobody else uses, forced to the disk, and then given its name in one step. A killed
/// process leaves at most a hidden `.NAME.*.partial` that nothing ever reads.
public final class NewFile {
  private NewFile() {}

  /// Writes a file.
  ///
  /// @throws FileAlreadyExistsException if there is a file of that name
  public static void write(Path file, Content content) throws IOException {
    var target = file.toAbsolutePath();
    refuseToOverwrite(file, target);
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw new NoSuchFileException(String.valueOf(file.getParent()));
    }
    var partial =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      try (var channel =
              FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          var out =
              new BufferedOutputStream(
                  WriteFailed.naming(file, Channels.newOutputStream(channel)))) {
        content.write(out);
        out.flush();
        channel.force(true);
      }
      name(partial, file, target);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /// A hard link is refused when the name is taken; a move would replace the file that took it meanwhile. But memory
  /// sticks, on which ceremony files travel, are FAT or exFAT and have no hard links: there, and only there, the name
  /// is looked up first and then given.
  private static void name(Path partial, Path file, Path target) throws IOException {
    try {
      Files.createLink(target, partial);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      refuseToOverwrite(file, target);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void refuseToOverwrite(Path file, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /// Writes a file's content.
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }
}
