package karuta.guard.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import karuta.command.CommandFailed;
import org.jspecify.annotations.Nullable;

/// The file that callers connect to: open to its owner and group, in a directory that nobody else may enter.
///
/// A socket file has the mode that the umask leaves until it is given another, so the directory is what keeps others
/// out, and is looked at first.
final class SocketFile {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

  /// What has room in `sun_path` on every system, with its end: 104 bytes on the BSDs, 108 on Linux.
  private static final int LONGEST = 103;

  private final Path path;
  private final @Nullable Object key;

  private SocketFile(Path path) throws IOException {
    this.path = path;
    this.key = attributes(path).fileKey();
  }

  /// Makes the file and listens on it, in place of one whose guard is gone.
  ///
  /// @throws CommandFailed if the directory is open to others, or what stands there is in use or no socket
  static SocketFile bind(ServerSocketChannel server, Path path) throws IOException {
    checkLength(path);
    checkDirectory(path.toAbsolutePath().getParent());
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeStale(path);
    }
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, MODE);
    return new SocketFile(path);
  }

  /// The user this process runs as.
  String owner() throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
  }

  /// Removes the file, unless another stands there by now.
  void remove() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Objects.equals(attributes(path).fileKey(), key)) {
      Files.delete(path);
    }
  }

  private static void checkLength(Path path) {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw CommandFailed.usage(
          "'%s' is longer than a socket's path may be, %d bytes; put it into a shorter directory"
              .formatted(path, LONGEST));
    }
  }

  private static void checkDirectory(@Nullable Path directory) throws IOException {
    if (directory == null || !Files.isDirectory(directory)) {
      throw CommandFailed.usage(
          "there is no directory '%s' for the socket; make one of its own with mode 0750"
              .formatted(directory));
    }
    if (!Collections.disjoint(Files.getPosixFilePermissions(directory), OF_OTHERS)) {
      throw CommandFailed.usage(
          "others than its owner and group may enter or write to '%s'; put the socket into a directory of its own with mode 0750"
              .formatted(directory));
    }
  }

  private static void removeStale(Path path) throws IOException {
    if (!attributes(path).isOther()) {
      throw CommandFailed.usage("'%s' is no socket; move it away".formatted(path));
    }
    try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException _) {
      Files.delete(path);
      return;
    }
    throw CommandFailed.usage("another guard listens on '%s'; stop it first".formatted(path));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
