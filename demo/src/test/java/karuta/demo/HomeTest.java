package karuta.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an interrupted start leaves, and what is done with it.
class HomeTest {
  @TempDir private Path dir;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Steps steps = new Steps(new PrintStream(said, true, StandardCharsets.UTF_8));

  @Test
  void whatAnInterruptedStartLeftIsPutAsideUntilTheTokensHaveAgreed() throws Exception {
    var home = new Home(dir);
    assertThat(home.putInterruptedAside()).isEmpty();
    Files.createDirectories(dir.resolve("verifier/tokens"));
    Files.createDirectory(dir.resolve("pki"));
    var aside = home.putInterruptedAside().orElseThrow();
    assertThat(aside)
        .isDirectoryContaining("glob:**/pki")
        .isDirectoryContaining("glob:**/verifier");
    assertThat(dir.resolve("verifier")).doesNotExist();

    Files.createDirectory(dir.resolve("verifier"));
    Files.createFile(dir.resolve("verifier/epoch-2026a.toml"));
    assertThat(home.putInterruptedAside()).isEmpty();
    assertThat(dir.resolve("verifier/epoch-2026a.toml")).exists();
  }

  @Test
  void aStepIsDoneOnceAndCountedEachTime() {
    var made = dir.resolve("made");
    steps.step("it is made", made, () -> Files.createFile(made));
    steps.step("it is made", made, () -> Files.createFile(made));
    assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("ok    it is made\n".repeat(2));
    assertThat(steps.passed()).isEqualTo(2);
  }

  @Test
  void aStepThatFailsSaysWhichAndWhy() {
    assertThatExceptionOfType(Steps.Failed.class)
        .isThrownBy(() -> steps.step("it is made", dir.resolve("made"), () -> {}))
        .withMessage("this step failed: it is made\nit made no " + dir.resolve("made"));
    assertThatExceptionOfType(Steps.Failed.class)
        .isThrownBy(
            () ->
                steps.marked(
                    "it works",
                    dir.resolve("mark"),
                    () -> {
                      throw new IllegalStateException("why");
                    }))
        .withMessage("this step failed: it works\nwhy");
    assertThat(dir.resolve("mark")).doesNotExist();
    assertThat(steps.passed()).isZero();
  }
}
