package karuta.guard.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import karuta.command.CommandFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketFileTest {
  @TempDir private Path dir;

  private Path path() {
    return dir.resolve("s");
  }

  private GuardSocket listen() {
    return GuardSocket.listen(new GuardSocket.Settings(path(), Set.of(), 4), new FakeGuard());
  }

  private void assertRefused(String words) {
    assertThatThrownBy(this::listen)
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining(words)
        .hasMessageContaining(dir.toString());
  }

  private void answers() throws IOException {
    try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(connection.isConnected()).isTrue();
    }
  }

  private ServerSocketChannel other() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "027", "077"})
  void theFileIsOpenToOwnerAndGroupWhateverTheUmask(String umask) throws Exception {
    var child =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask " + umask + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ListeningMain.class.getName(),
                path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("rw-rw----");
    }
    assertThat(child.waitFor()).isZero();
    assertThat(path()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-x--x", "rwxr-x-w-"})
  void aDirectoryOpenToOthersIsRefused(String mode) throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString(mode));
    assertRefused("others than its owner and group may enter or write");
    assertThat(path()).doesNotExist();
  }

  @Test
  void aDirectoryOfOwnerAndGroupWillDo() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxr--"));
    try (var _ = listen()) {
      answers();
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    var missing = dir.resolve("missing");
    assertThatThrownBy(
            () ->
                GuardSocket.listen(
                    new GuardSocket.Settings(missing.resolve("s"), Set.of(), 4), new FakeGuard()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("there is no directory '%s'", missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void theFileOfAGuardThatIsGoneIsReplaced() throws IOException {
    other().close();
    assertThat(path()).as("closing a socket leaves its file").exists();
    try (var _ = listen()) {
      answers();
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void theFileOfAGuardThatAnswersIsNotTouched() throws IOException {
    try (var _ = listen()) {
      assertRefused("another guard listens");
      answers();
    }
  }

  @Test
  void aFileThatIsNoSocketIsNotTouched() throws IOException {
    Files.writeString(path(), "letters");
    assertRefused("is no socket");
    assertThat(path()).hasContent("letters");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(path(), dir.resolve("elsewhere"));
    assertRefused("is no socket");
  }

  @Test
  void theNextGuardsFileIsNotRemoved() throws IOException {
    ServerSocketChannel next;
    try (var _ = listen()) {
      Files.delete(path());
      next = other();
    }
    try (next) {
      answers();
    }
  }

  @Test
  void aPathOfTheLongestLengthWillDo() {
    var name = "s".repeat(103 - dir.toString().length() - 1);
    GuardSocket.listen(new GuardSocket.Settings(dir.resolve(name), Set.of(), 4), new FakeGuard())
        .close();
  }

  @Test
  void aPathLongerThanASocketsIsRefusedWithItsReason() {
    assertThatThrownBy(
            () ->
                GuardSocket.listen(
                    new GuardSocket.Settings(dir.resolve("s".repeat(200)), Set.of(), 4),
                    new FakeGuard()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("longer than a socket's path may be")
        .hasMessageContaining("shorter directory");
  }
}
