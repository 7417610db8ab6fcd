package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import karuta.provisioning.plan.Action;

/// Where one batch is made: `<batch>.unfinished`, which gets the batch's name in one step. There is no moment at which
/// some of its files are finished and others are not, and while it exists no other process makes a batch beside it.
///
/// The lock is the operating system's, on the file `.lock` of the directory above, so a killed process leaves none
/// behind. It covers all batches of that directory, not one: two that continue from the same batch would take the same
/// number.
final class BatchDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final BatchOrder order;
  private final FileChannel lock;

  private BatchDirectory(BatchOrder order, FileChannel lock) {
    this.order = order;
    this.lock = lock;
  }

  /// Takes the lock.
  ///
  /// @throws BatchRefused if another process holds it
  static BatchDirectory of(BatchOrder order) throws IOException {
    Files.createDirectories(order.directory());
    var lock =
        FileChannel.open(
            order.directory().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(lock)) {
        throw new BatchRefused(
            "another batch is being made in "
                + order.directory()
                + "; wait until it has ended, then run the same command again");
      }
      return new BatchDirectory(order, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// What there is to make and to remove before a batch can be made.
  static List<Action> making(BatchOrder order) {
    var lock = order.directory().resolve(LOCK);
    var actions = new ArrayList<Action>();
    if (!Files.exists(lock)) {
      actions.add(
          new Action.WriteFile(lock, "empty, held while a batch is made, so that there is one"));
    }
    if (Files.exists(order.unfinished())) {
      actions.add(new Action.RemoveDirectory(order.unfinished()));
    }
    return actions;
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this very process
    }
  }

  /// Removes what a killed run left and begins anew.
  void begin() throws IOException {
    remove(order.unfinished());
    Files.createDirectory(order.unfinished(), privately());
  }

  Path path(String name) {
    return order.unfinished().resolve(name);
  }

  /// Forces everything to the disk and gives the batch its name.
  void finish() throws IOException {
    force(order.unfinished());
    Files.move(order.unfinished(), order.finished(), StandardCopyOption.ATOMIC_MOVE);
    force(order.directory());
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      remove(order.unfinished());
    }
  }

  /// For the owner alone, where the file system knows such a thing: a bundle holds the seeds of palettes.
  private FileAttribute<?>[] privately() throws IOException {
    var posix = Files.getFileStore(order.directory()).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var entries = Files.walk(directory)) {
        for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }
}
