package karuta.guard.model;

import static org.assertj.core.api.Assertions.assertThat;

import edu.mit.csail.sdg.ast.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No history of the model's size breaks a promise; without any one rule some history does; and the histories that
/// matter are possible. What was found lies in `target/model`, one file a command, to be read move by move.
class GuardModelTest {
  private static final GuardModel MODEL = GuardModel.read(Path.of("src/main/alloy/promises.als"));
  private static final Path HISTORIES = Path.of("target/model");
  private static final Path PAGE = Path.of("../docs/decisions/014-guard-model.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  static Stream<Named<Command>> commands() {
    return MODEL.commands().stream().map(command -> Named.of(command.label, command));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void theSolverFindsWhatTheModelSays(Command command) throws IOException {
    var file = HISTORIES.resolve(command.label + ".txt");
    Files.createDirectories(HISTORIES);
    Files.deleteIfExists(file);
    var begun = System.nanoTime();
    var history = MODEL.history(command);
    System.out.printf(
        Locale.ROOT,
        "%s: %s, %.1f s%n",
        command.label,
        history.isPresent() ? "a history" : "none",
        (System.nanoTime() - begun) / 1e9);
    if (history.isPresent()) {
      Files.writeString(file, history.get());
    }
    assertThat(history.isPresent())
        .as(history.orElse("no history"))
        .isEqualTo(command.expects == 1);
  }

  @Test
  void everyCommandSaysWhatItExpects() {
    assertThat(MODEL.commands())
        .isNotEmpty()
        .allMatch(command -> command.expects == 0 || command.expects == 1);
  }

  @Test
  void thePageListsEachCommandOnce() throws IOException {
    var listed = ROW.matcher(Files.readString(PAGE)).results().map(GuardModelTest::name).toList();
    List<String> labels = MODEL.commands().stream().map(command -> command.label).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(labels);
  }

  private static String name(MatchResult row) {
    return row.group(1);
  }
}
