package karuta.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import karuta.settings.SettingsInvalid;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/// How a command ends: what it was refused by is one line, and a defect is never taken for a refusal.
class CommandLinesTest {
  private final StringWriter err = new StringWriter();

  @Command(name = "fail")
  private record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private int ended(Throwable failure) {
    return CommandLines.of(new Failing(failure)).setErr(new PrintWriter(err, true)).execute();
  }

  @Test
  void aRefusalIsOneLineAndItsExitCode() {
    assertThat(ended(CommandFailed.refused("the key can sign"))).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("karuta: the key can sign\n");
  }

  @Test
  void aDefectIsNoRefusalAndSaysWhereItIs() {
    assertThat(ended(new IllegalStateException("two heads"))).isEqualTo(70);
    assertThat(err.toString())
        .contains("IllegalStateException at CommandLinesTest.")
        .doesNotContain("two heads");
    assertThat(err.toString().lines().filter(line -> line.startsWith("karuta: ")))
        .singleElement()
        .asString()
        .contains("a defect of this program", "report it");
  }

  /// As where memory is short, or a class is missing.
  @Test
  void anErrorOfTheJvmIsNoRefusalEither() {
    assertThat(ended(new OutOfMemoryError("Java heap space"))).isEqualTo(70);
    assertThat(err.toString()).contains("OutOfMemoryError: Java heap space");
    assertThat(ended(new NoClassDefFoundError("karuta/Absent"))).isEqualTo(70);
  }

  @Test
  void aWrongSettingIsWrongUsage() {
    assertThat(ended(new SettingsInvalid(List.of("x.toml:1: wrong")))).isEqualTo(2);
  }
}
