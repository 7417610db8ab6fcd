package karuta.softhsm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Files and directories nobody else may read. The mode is given at creation and not set afterwards: between the two a
/// file would stand open.
final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY);
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /// Makes a directory, and the parents that are missing, with mode 0700.
  ///
  /// @throws SetupRefused when something is there that is not an empty directory; `whatFor` says what was to be made
  static void emptyDirectory(Path path, String whatFor) throws IOException {
    requireEmpty(path, whatFor);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(path, OWNER_DIRECTORY);
      return;
    }
    Files.createDirectories(path.toAbsolutePath(), DIRECTORY);
  }

  /// Makes sure that a directory is absent or empty.
  ///
  /// @throws SetupRefused when something else is there
  static void requireEmpty(Path path, String whatFor) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !isEmpty(path))) {
      throw new SetupRefused(
          "%s is not an empty directory, so no %s is made there; name another one, or move it away"
              .formatted(path, whatFor));
    }
  }

  /// Writes a new file with mode 0600.
  ///
  /// @throws SetupRefused when the file is there
  static void write(Path path, byte[] content) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(path, options, FILE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (FileAlreadyExistsException exists) {
      throw new SetupRefused(
          path + " is already there and is never overwritten; move it away first");
    }
  }

  static void write(Path path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /// One sentence for the directory and for each entry in it that somebody else may read, write or enter. What lies
  /// deeper is guarded by the mode of the directory above it.
  static List<String> openToOthers(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return Stream.concat(Stream.of(directory), entries.sorted())
          .filter(path -> !Files.isSymbolicLink(path))
          .filter(PrivateFiles::isOpen)
          .map(PrivateFiles::complaint)
          .toList();
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static boolean isOpen(Path path) {
    try {
      return !OWNER_DIRECTORY.containsAll(Files.getPosixFilePermissions(path));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static String complaint(Path path) {
    return "%s is open to other users of this machine; close it with: chmod %s %s"
        .formatted(path, Files.isDirectory(path) ? "700" : "600", path);
  }
}
