package karuta.demo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.demo.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory is one start's alone, and a port too.
class ClaimTest {
  @TempDir private Path dir;

  @Test
  void aDirectoryInUseIsRefusedByTheNumberOfWhoHasIt() throws Exception {
    var home = new Home(dir.resolve("new/home"));
    try (var _ = Claim.on(home)) {
      assertThatExceptionOfType(InUse.class)
          .isThrownBy(() -> Claim.on(home))
          .withMessageContaining("is in use by process " + ProcessHandle.current().pid())
          .withMessageContaining("KARUTA_HOME");
    }
    try (var again = Claim.on(home)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefusedInWords() throws Exception {
    Files.createFile(dir.resolve("file"));
    assertThatExceptionOfType(InUse.class)
        .isThrownBy(() -> Claim.on(new Home(dir.resolve("file/home"))))
        .withMessageContaining("set KARUTA_HOME to a directory of yours");
  }

  @Test
  void aPortThatIsTakenGivesWayToAnyOther() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThat(LocalMachine.portOrAny(port)).isZero();
    }
    assertThat(LocalMachine.portOrAny(port)).isEqualTo(port);
  }
}
