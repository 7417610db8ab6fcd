package karuta.demo.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import karuta.demo.Home;

/// A directory that is one start's alone: a second one would write into the logs and the store of the first. The lock
/// is the kernel's, and ends with this process, however that ends.
final class Claim implements AutoCloseable {
  private final FileChannel lock;

  private Claim(FileChannel lock) {
    this.lock = lock;
  }

  /// Takes a directory into use, and makes it if it is not there.
  ///
  /// @throws InUse if somebody else has it, or it cannot be written
  static Claim on(Home home) {
    var file = home.path("running");
    try {
      Files.createDirectories(home.directory());
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        var holder = Files.readString(file).strip();
        channel.close();
        throw new InUse(
            "%s is in use by process %s; stop that first, or set KARUTA_HOME to another directory"
                .formatted(home.directory(), holder));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new Claim(channel);
    } catch (IOException e) {
      throw new InUse(
          "%s cannot be written (%s); set KARUTA_HOME to a directory of yours"
              .formatted(home.directory(), e));
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
