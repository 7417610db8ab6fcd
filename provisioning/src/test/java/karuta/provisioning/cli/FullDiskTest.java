package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import karuta.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A disk without room, staged by a limit on the size of a file (RLIMIT_FSIZE): the system refuses the same write in
/// the same place, with another reason.
@ExtendWith(Room.Key.class)
class FullDiskTest {
  @Test
  void aBatchSaysWhichFileThatNothingIsLeftAndWhatToDo(Room room) throws Exception {
    room.layoutKey("full");
    var err = limited(room, 40, Room.issue("full", "full", "--first"));
    assertThat(err)
        .containsPattern(
            "karuta: full/full.unfinished/full.(bundle|printjob) could not be written \\(.+\\)")
        .contains("nothing of it is left; make room", "run the same command again");
    assertThat(room.path("full")).isDirectoryNotContaining("glob:**/full*");
    room.done(Room.issue("full", "full", "--first"));
    var opening =
        limited(
            room,
            40,
            ("bureau open --job full/full/full.printjob --key pki/bureau.p12 --out full-pages"
                    + " --password-file pki/bureau.password --signer issuer/issuer-1.pem")
                .split(" "));
    assertThat(opening)
        .containsPattern("/signed could not be written \\(.+\\)")
        .contains("nothing of it is left; make room");
    assertThat(room.path()).isDirectoryNotContaining("glob:**/{full-pages,.karuta-open-*}");
  }

  /// Runs a command that must fail with exit code 2, in a process that may write files of so many blocks of 512 bytes.
  private static String limited(Room room, int blocks, String... arguments) throws Exception {
    var words = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    words.addAll(TestJvm.words(Main.class, List.of("-XX:-UsePerfData")));
    words.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(words)
            .directory(room.path().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(Cli.tokenOf(room.path(), arguments));
    var process = builder.start();
    try {
      var said =
          new String(
              process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(2);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
