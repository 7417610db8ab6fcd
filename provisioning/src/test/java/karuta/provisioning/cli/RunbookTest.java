package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Every command in a runbook can be typed as it stands: it exists, and no option is missing or misspelt. A command
/// that is only named, without any option, is a reference and no instruction.
class RunbookTest {
  private static final Pattern COMMAND = Pattern.compile("karuta ((?:[^`|\\\\\n]|\\\\\n)+)");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");
  private static final List<String> OTHERS =
      List.of("serve", "import", "audit", "demo", "measure-batch", "smoke");

  @ParameterizedTest
  @ValueSource(strings = {"batch.md", "key-agreement.md", "destruction.md"})
  void everyCommandIsWhole(String page) throws Exception {
    var text = Files.readString(Path.of("../docs/ceremonies", page));
    var tried = new ArrayList<String>();
    for (var match : COMMAND.matcher(text).results().toList()) {
      var command = match.group(1).replace("\\\n", " ").strip();
      var words =
          WORD.matcher(command)
              .results()
              .map(word -> word.group().replace("'", ""))
              .toArray(String[]::new);
      if (command.contains(" --") && !command.contains("...") && !OTHERS.contains(words[0])) {
        tried.add(command);
        assertParses(command, words);
      }
    }
    assertThat(tried).hasSizeGreaterThan(5);
  }

  @Test
  void everyPageSaysTheVersionItPromises() {
    collect(Main.commandLine(Cli.nowhere()), List.of());
  }

  private static void collect(CommandLine command, List<String> words) {
    var asked = new ArrayList<>(words);
    asked.add("--version");
    assertThat(Cli.here(asked.toArray(String[]::new)).out())
        .as(String.join(" ", words))
        .isEqualTo("karuta 1.0.0\n");
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              var more = new ArrayList<>(words);
              more.add(name);
              collect(sub, more);
            });
  }

  private static void assertParses(String command, String... words) {
    try {
      Main.commandLine(Cli.nowhere()).parseArgs(words);
    } catch (ParameterException e) {
      throw new AssertionError("karuta %s: %s".formatted(command, e.getMessage()), e);
    }
  }
}
