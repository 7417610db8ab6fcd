package karuta.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lock of the kernel's on a file beside the database.
///
/// Beside it, because SQLite locks parts of the database itself, and a process that closes a file loses every lock it
/// has on it (POSIX, fcntl). Not SQLite's own `locking_mode=EXCLUSIVE`, because a backup and a check read while the
/// process runs. The file stays when the lock is given up: whoever removed it could remove the next one's.
final class SqliteSoleUse extends SoleUse {
  private final FileChannel channel;

  private SqliteSoleUse(FileChannel channel) {
    this.channel = channel;
  }

  /// @param database a file that is there, or a link to it
  static SqliteSoleUse takeFile(Path database) {
    try {
      // the same file for whoever came here by a link
      var file = database.toRealPath();
      var beside = file.resolveSibling(file.getFileName() + ".lock");
      return locked(beside, file);
    } catch (IOException e) {
      throw new DatabaseUnavailable(
          "the file %s cannot be locked: %s".formatted(database, Database.reason(e)), e);
    }
  }

  private static SqliteSoleUse locked(Path beside, Path database) throws IOException {
    var channel =
        FileChannel.open(
            beside,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var kept = false;
    try {
      kept = tryLock(channel) != null;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
    if (!kept) {
      throw new DatabaseUnavailable(
          "another process has %s and holds the lock on %s; stop that one first"
              .formatted(database, beside));
    }
    return new SqliteSoleUse(channel);
  }

  private static java.nio.channels.@Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // this very process has it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
