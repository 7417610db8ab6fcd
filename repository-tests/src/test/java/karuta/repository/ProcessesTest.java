package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      . scripts/bank.sh
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

  /// In the foreground, where Ctrl-C reaches it by itself.
  private static final String MAVEN =
      """
      . scripts/java.sh
      mkdir "$1/bin"
      printf '#!/bin/sh\necho $$ >"%s/child"\nexec sleep 600\n' "$1" >"$1/bin/mvn"
      chmod +x "$1/bin/mvn"
      PATH=$1/bin:$PATH
      REPO=$1
      maven verify
      """;

  private static final String PROGRAM = PREPARED + START;

  /// Kills the script at the first command after it has started something: a trap sees every command of the script and,
  /// one level down, of what it has in the background. When LATE, what was started goes on only after the watcher's end.
  private static final String KILLED_BETWEEN =
      """
      exec 9>"$1/held"
      java_command() { JAVA_COMMAND=(bash -c 'echo $$ > "$0"; exec sleep 600' "$CHILD"); }
      CHILD=$1/child STATE=$1 PORT=0
      between() {
        if [ "$BASH_SUBSHELL" = "$LEVEL" ] && [ "$!" != "$WATCHER" ]; then
          kill -9 $$
        elif [ "$BASH_SUBSHELL" -gt "$LEVEL" ] && [ -n "$LATE" ]; then
          while running "$WATCHER"; do sleep 0.02; done
        fi
      }
      set -T
      trap between DEBUG
      """;

  private static final String PRESS = "press 4>&2 >>\"$1/press.log\" 2>&1 </dev/null & wait";

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

  /// While bash reads a command substitution it reads a trap's text as a part of it. It does so only in a script that is a
  /// file; of forty signals some eight come at such a moment.
  @Test
  void aSignalInACommandSubstitutionGivesItsExitCode() throws Exception {
    var file = dir.resolve("script");
    Files.writeString(
        file,
        """
        . scripts/processes.sh
        stop_with_us
        echo $$ >"$1/child"
        while :; do a="$(echo a)" b=$(echo b c); done
        """);
    for (int i = 0; i < 40; i++) {
      Files.deleteIfExists(dir.resolve("child"));
      var script = started(builder(file.toString()));
      childOf(script);
      script.destroy();
      if (!script.waitFor(30, TimeUnit.SECONDS)) {
        script.destroyForcibly();
      }
      assertThat(script.waitFor()).as(log()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        START + "wait",
        "run module \"$1/child\"",
        // bash 3.2 has no BASHPID
        "unset BASHPID; run module \"$1/child\"",
        MAVEN
      })
  void aKilledScriptsChildrenAreStoppedForIt(String started) throws Exception {
    var script = bash(PREPARED + started);
    var child = ProcessHandle.of(childOf(script)).orElseThrow();
    script.destroyForcibly().waitFor();

    child.onExit().get(30, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "start \"$1/log\" module main; wait, 0",
        "run module main, 0",
        PRESS + ", 0",
        PRESS + ", 1"
      })
  void aScriptThatIsKilledWhileItStartsAProgramLeavesNone(String started, int level)
      throws Exception {
    for (var late : List.of("", "late")) {
      Files.deleteIfExists(dir.resolve("child"));
      var hook = "LEVEL=%d LATE=%s\n".formatted(level, late) + KILLED_BETWEEN;
      var end = endOfAll();
      var script = bash(PREPARED + hook + started);
      assertThat(comes(end)).as("all have ended; %s %s", late, log()).isTrue();
      assertThat(script.waitFor()).isEqualTo(128 + 9);
      if (!late.isEmpty()) {
        assertThat(dir.resolve("child")).as("came too late").doesNotExist();
      }
    }
  }

  /// As in a container whose first process waits for nobody: the dead script keeps its number.
  @Test
  void aKilledScriptThatNobodyWaitedForIsDead() throws Exception {
    var quoted = (PROGRAM + "wait").replace("'", "'\\''");
    var end = endOfAll();
    var parent =
        builder(
                "-c",
                """
        bash -c '%s' bash "$1" 9>"$1/held" >"$1/script.log" 2>&1 &
        echo $! >"$1/script"
        exec sleep 600 >"$1/nobody.log" 2>&1
        """
                    .formatted(quoted),
                "bash")
            .start();
    try {
      childOf(parent);
      var script = Long.parseLong(Files.readString(dir.resolve("script")).strip());
      Commands.run(dir, "kill", "-9", Long.toString(script));
      assertThat(comes(end)).as("the program has ended").isTrue();
      assertThat(ProcessHandle.of(script)).as("still there, as a zombie").isPresent();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  /// The end of a pipe that whoever was started holds open until it ends.
  private CompletableFuture<Void> endOfAll() throws IOException {
    var pipe = dir.resolve("held");
    Files.deleteIfExists(pipe);
    assertThat(Commands.run(dir, "mkfifo", pipe.toString()).code()).isZero();
    return CompletableFuture.runAsync(() -> readToTheEnd(pipe));
  }

  private static void readToTheEnd(Path pipe) {
    try {
      assertThat(Files.readAllBytes(pipe)).isEmpty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean comes(CompletableFuture<Void> end) throws Exception {
    try {
      end.get(60, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException held) {
      if (Files.exists(dir.resolve("child"))) {
        Commands.run(dir, "kill", "-9", Files.readString(dir.resolve("child")).strip());
      }
      return false;
    }
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
  void whatSomebodyElseHasTakenIntoUseMeanwhileIsNotGivenBack() throws Exception {
    var state = Files.createDirectory(dir.resolve("state"));
    assertThat(claims(state, "", "echo 1 2 started.x >\"$2/running\"").code()).isZero();
    assertThat(state.resolve("running")).hasContent("1 2 started.x");
  }

  /// As in a container, where a start has the same number every time.
  @Test
  void aNumberThatIsOursByNowIsNobodyAtWork() throws Exception {
    var state = Files.createDirectory(dir.resolve("state"));
    var ledger = Files.createDirectory(state.resolve("started.x"));
    Files.createFile(ledger.resolve("1"));
    var ended = claims(state, "echo $$ 999999999 started.x >\"$2/running\"", ": karuta");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(state).as("nothing is left of either").isEmptyDirectory();
  }

  @Test
  void aStateThatCannotBeWrittenIsNamed() throws IOException {
    var file = Files.createFile(dir.resolve("file"));
    var ended = claims(file.resolve("state"));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("set KARUTA_HOME to a directory of yours");
  }

  private Commands.Ended claims(Path state) {
    return claims(state, ":", ":");
  }

  private Commands.Ended claims(Path state, String before, String then) {
    return Commands.run(
        Repository.directory(),
        "bash",
        "-c",
        before + "\n" + CLAIMS + "\n" + then,
        "bash",
        dir.toString(),
        state.toString());
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
                + "[ -z \"$(noted)\" ]",
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
    return started(builder("-c", script, "bash"));
  }

  private Process started(ProcessBuilder script) throws IOException {
    return script.redirectOutput(dir.resolve("script.log").toFile()).start();
  }

  /// @param script what bash takes for a script; the test's directory is its first argument
  private ProcessBuilder builder(String... script) {
    // A signal that is ignored at the start of a shell cannot be trapped there, and a build in the
    // background or under nohup hands down an ignored one.
    var reset = "$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP); exec @ARGV";
    var command = new ArrayList<>(List.of("perl", "-e", reset, "bash"));
    command.addAll(List.of(script));
    command.add(dir.toString());
    return new ProcessBuilder(command)
        .directory(Repository.directory().toFile())
        .redirectErrorStream(true);
  }

  private long childOf(Process script) throws Exception {
    var file = dir.resolve("child");
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      assertThat(script.isAlive()).as(log()).isTrue();
      Thread.onSpinWait();
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  private String log() throws IOException {
    var log = dir.resolve("script.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
