package karuta.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the script starts in the background ends with the script, whichever way that ends.
class ProcessesTest {
  private static final String PREPARED =
      """
      set -euo pipefail
      say() { echo "karuta: $*" >&2; }
      fail() { local c=$1; shift; say "$*"; exit "$c"; }
      . scripts/tokens.sh
      . scripts/processes.sh
      java_command() { JAVA_COMMAND=(bash -c 'echo $$ > "$0"; exec sleep 600' "$2"); }
      stop_with_us
      watch_over "$1/started"
      """;

  private static final String START =
      """
      start "$1/log" module "$1/child"
      until [ -s "$1/child" ]; do sleep 0.02; done
      [ "$LAST" = "$(cat "$1/child")" ]
      """;

  private static final String PROGRAM = PREPARED + START;

  private static final String CLAIMS =
      "set -euo pipefail; say() { echo \"karuta: $*\" >&2; }; "
          + "fail() { local c=$1; shift; say \"$*\"; exit \"$c\"; }; "
          + ". scripts/processes.sh; stop_with_us; claim \"$2\"";

  @TempDir private Path dir;

  @Test
  void aSignalStopsTheChildrenAndGivesItsExitCode() throws Exception {
    for (var signal : new String[] {"INT", "TERM", "HUP"}) {
      Files.deleteIfExists(dir.resolve("child"));
      var script = bash(PROGRAM + "touch \"$1/waiting\"; wait");
      var child = childOf(script);
      Commands.run(dir, "kill", "-" + signal, Long.toString(script.pid()));

      assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(script.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
      assertThat(ProcessHandle.of(child)).as("child after %s", signal).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {START + "wait", "run module \"$1/child\""})
  void aKilledScriptsChildrenAreStoppedForIt(String started) throws Exception {
    var script = bash(PREPARED + started);
    var child = ProcessHandle.of(childOf(script)).orElseThrow();
    script.destroyForcibly().waitFor();

    child.onExit().get(30, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aDirectoryInUseIsRefusedAndOneLeftByTheDeadIsTakenOver() throws Exception {
    var state = Files.createDirectory(dir.resolve("my state"));
    var first =
        bash(
            "exec -a karuta bash -c '"
                + CLAIMS
                + "; echo > \"$2/taken\"; wait' bash \"$1\" \"$1/my state\"");
    waitFor(state.resolve("taken"), first);

    var second = claims(state);
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err())
        .contains("in use by process " + first.pid())
        .contains("set KARUTA_HOME to another directory");
    assertThat(state.resolve("running")).as("the first's, kept").exists();

    first.destroyForcibly().waitFor();
    assertThat(claims(state).code()).isZero();
    assertThat(state.resolve("running")).as("given back").doesNotExist();
  }

  @Test
  void aStateThatCannotBeWrittenIsNamed() throws IOException {
    var file = Files.createFile(dir.resolve("file"));
    var ended = claims(file.resolve("state"));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("set KARUTA_HOME to a directory of yours");
  }

  private Commands.Ended claims(Path state) {
    return Commands.run(
        Repository.directory(), "bash", "-c", CLAIMS, "bash", dir.toString(), state.toString());
  }

  private static void waitFor(Path file, Process script) {
    while (!Files.exists(file)) {
      assertThat(script.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void whatHasEndedIsNotStopped() {
    var ended =
        Commands.run(
            Repository.directory(),
            "bash",
            "-c",
            PREPARED
                + "java_command() { JAVA_COMMAND=(bash -c 'exit 7'); }; run module x || echo $?; "
                + "[ -z \"${STARTED// /}\" ] && [ -z \"$(cat \"$1/started\")\" ]",
            "bash",
            dir.toString());
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).as("nothing is left on either list").isZero();
    assertThat(ended.out()).isEqualTo("7\n");
  }

  @Test
  void anErrorStopsTheChildren() throws Exception {
    var script = bash(PROGRAM + "fail 5 'broken'");
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(5);
    assertThat(ProcessHandle.of(childOf(script))).isEmpty();
  }

  @Test
  void aServerThatDiesBeforeItIsReadyIsReportedWithItsLog() throws Exception {
    var ended =
        Commands.run(
            Repository.directory(),
            "bash",
            "-c",
            PROGRAM + "kill $LAST; echo why > \"$1/log\"; wait_ready 1 $LAST \"$1/log\" 20",
            "bash",
            dir.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("why").contains("did not become ready");
  }

  private Process bash(String script) throws IOException {
    // A signal that is ignored at the start of a shell cannot be trapped there, and a build in the
    // background or
    // under nohup hands down an ignored one.
    var reset = "$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP); exec @ARGV";
    return new ProcessBuilder("perl", "-e", reset, "bash", "-c", script, "bash", dir.toString())
        .directory(Repository.directory().toFile())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("script.log").toFile())
        .start();
  }

  private long childOf(Process script) throws Exception {
    var file = dir.resolve("child");
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      assertThat(script.isAlive()).as(Files.readString(dir.resolve("script.log"))).isTrue();
      Thread.onSpinWait();
    }
    return Long.parseLong(Files.readString(file).strip());
  }
}
