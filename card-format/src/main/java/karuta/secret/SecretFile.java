package karuta.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/// A file with a secret, which nobody but its owner may read or write.
///
/// What a service manager hands to a service is one too. systemd puts a service's credentials into a directory that
/// only the service's user may enter, and since version 254 lets that user read a file of root's by an access control
/// list. The mask of such a list is what the mode shows as the group's right to read (acl(5)), though no group has it.
public final class SecretFile {
  /// Where systemd puts the credentials of system services (systemd.exec(5), "Credentials").
  private static final Path CREDENTIALS = Path.of("/run/credentials");

  private static final Set<PosixFilePermission> FOREIGN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /// Whether others may read or write it; not, where the file system has no such rights.
  public static boolean openToOthers(Path file) throws IOException {
    return openToOthers(file, CREDENTIALS);
  }

  /// @param credentials the directory of the services' credentials
  static boolean openToOthers(Path file, Path credentials) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    var rights = Files.getPosixFilePermissions(file);
    if (file.toRealPath().startsWith(credentials)) {
      rights.remove(PosixFilePermission.GROUP_READ);
    }
    return !Collections.disjoint(rights, FOREIGN);
  }
}
