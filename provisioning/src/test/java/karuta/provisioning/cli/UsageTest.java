package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Every help page, in a file that reviewers read instead of the code. When a page changes on purpose, copy
/// `target/usage.md` over it.
class UsageTest {
  private static final Path CHECKED_IN = Path.of("src/test/resources/usage.md");

  @Test
  void everyHelpPageIsCheckedIn() throws Exception {
    var pages = new StringBuilder("# What every `--help` prints\n");
    collect(Main.commandLine(Cli.nowhere()), pages);
    Files.writeString(Path.of("target/usage.md"), pages);
    assertThat(pages.toString())
        .as("target/usage.md has what it should be")
        .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
  }

  @Test
  void everyCommandTeaches() {
    assertTeaches(Main.commandLine(Cli.nowhere()));
  }

  private static void assertTeaches(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    var name = command.getCommandSpec().qualifiedName();
    assertThat(usage.description()).as(name + " has a description").isNotEmpty();
    if (command.getSubcommands().isEmpty()) {
      assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--help");
    }
    command.getSubcommands().values().forEach(UsageTest::assertTeaches);
  }

  private static void collect(CommandLine command, StringBuilder pages) {
    var name = command.getCommandSpec().qualifiedName();
    var text = command.getUsageMessage(Ansi.OFF).lines().map(String::stripTrailing).toList();
    pages.append("\n## ").append(name).append("\n```\n");
    text.forEach(line -> pages.append(line).append('\n'));
    pages.append("```\n");
    command.getSubcommands().values().forEach(sub -> collect(sub, pages));
  }
}
