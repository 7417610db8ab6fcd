package karuta.guard.socket;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Listens on the path given, prints the mode of the socket's file, and ends.
final class ListeningMain {
  private ListeningMain() {}

  static void main(String[] arguments) throws Exception {
    var path = Path.of(arguments[0]);
    try (var _ = GuardSocket.listen(new GuardSocket.Settings(path, Set.of(), 1), new FakeGuard())) {
      System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }
}
