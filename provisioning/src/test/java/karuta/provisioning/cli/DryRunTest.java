package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/// What every command with effects says it would do, in a file that reviewers read instead of the code; and that it does
/// none of it. When the words change on purpose, copy `target/dry-run.md` over `src/test/resources/dry-run.md`.
@ExtendWith(Room.Key.class)
class DryRunTest {
  private static final Path CHECKED_IN = Path.of("src/test/resources/dry-run.md");

  /// Commands that only look.
  private static final Set<String> LOOKING =
      Set.of(
          "karuta token status", "karuta token check", "karuta batch check", "karuta keys audit");

  private static final String REQUEST = "agree request --token issuer/token.toml --epoch";
  private static final String ISSUE =
      "batch issue --token issuer/token.toml --signing-key issuer-1 --subjects orders.csv"
          + " --agreement agreement/2026a.confirmation --bureau-certificate pki/bureau.pem --out dry";
  private static final String BUREAU = " --key pki/bureau.p12 --password-file pki/bureau.password";

  private static final List<String> COMMANDS =
      List.of(
          "token init --role issuer --home other",
          "signing-key create --token issuer/token.toml --label issuer-2 --certificate issuer-2.pem",
          "signing-key certificate --token issuer/token.toml --label issuer-1 --certificate again.pem",
          "signing-key destroy --token issuer/token.toml --label issuer-1",
          REQUEST
              + " 2026c --signing-key issuer-1 --verifier-certificate verifier/receipt-1.pem --dir agreement",
          "agree respond --token verifier/token.toml --epoch 2026b --signing-key receipt-1"
              + " --issuer-certificate issuer/issuer-1.pem --dir agreement --rehearsal",
          "agree complete --token verifier/token.toml --epoch 2026a --issuer-certificate issuer/issuer-1.pem"
              + " --verifier-certificate verifier/receipt-1.pem --dir agreement --record epoch-2026a.toml",
          "agree abandon --token verifier/token.toml --role verifier --epoch 2026a",
          "layout-key create --token issuer/token.toml --batch dry-3",
          "layout-key destroy --token issuer/token.toml --batch dry-1",
          ISSUE + " --batch dry-2 --previous dry/dry-1/batch.json",
          "batch report --issuer-certificate issuer/issuer-1.pem --bureau-certificate pki/bureau.pem"
              + " --report dry.report --out spoiled.csv dry/dry-1",
          "bureau open --job dry/dry-1/dry-1.printjob --signer issuer/issuer-1.pem --out other"
              + BUREAU,
          "bureau report --opened cards --spoiled spoiled.txt --out other" + BUREAU,
          "pki dev --out other");

  @Test
  void everyDryRunIsCheckedInAndDoesNothing(Room room) throws Exception {
    prepare(room);
    var token = room.done("token", "status", "--token", Room.VERIFIER).out();
    var serial = token.replaceAll("(?s).*serial ([0-9a-f]{16}).*", "$1");
    var issuer = room.done("token", "status", "--token", Room.ISSUER).out();
    var issuerSerial = issuer.replaceAll("(?s).*serial ([0-9a-f]{16}).*", "$1");
    var pages = new StringBuilder("# What every command with effects prints with `--dry-run`\n");
    for (var command : COMMANDS) {
      var before = files(room.path());
      var run = room.done((command + " --dry-run").split(" "));
      assertThat(changes(before, files(room.path()))).as(command).isEmpty();
      var said =
          run.out()
              .replace(serial, "<verifier token>")
              .replace(issuerSerial, "<issuer token>")
              .replaceAll("job [0-9a-f]{16}", "job <name>")
              .replaceAll("of 20[0-9T:Z-]+", "of <time>")
              .replaceAll("[0-9]{4} [0-9]{4} [0-9]{3}", "<number>");
      assertThat(said).as(command).isNotBlank();
      pages.append("\n```\n$ karuta ").append(command).append(" --dry-run\n");
      pages.append(said).append("```\n");
    }
    Files.writeString(Path.of("target/dry-run.md"), pages);
    assertThat(pages.toString())
        .as("target/dry-run.md has what it should be")
        .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
  }

  @Test
  void everyCommandWithEffectsIsInTheFile() throws Exception {
    var missing = new TreeSet<String>();
    collect(Main.commandLine(Cli.nowhere()), missing);
    missing.removeAll(LOOKING);
    assertThat(missing)
        .as("the list of commands that only look is up to date")
        .hasSize(COMMANDS.size());
    for (var command : missing) {
      assertThat(COMMANDS).as(command).anyMatch(c -> ("karuta " + c).startsWith(command + " "));
    }
  }

  private static void collect(CommandLine command, Set<String> names) {
    if (command.getSubcommands().isEmpty()) {
      names.add(command.getCommandSpec().qualifiedName());
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, names));
  }

  /// A request that waits for its answer, and a batch that the bureau has printed but for one card.
  private static void prepare(Room room) throws Exception {
    var unanswered =
        room.run(
            (REQUEST
                    + " 2026b --signing-key issuer-1 --wait 0 --dir agreement --verifier-certificate verifier/receipt-1.pem")
                .split(" "));
    assertThat(unanswered.err()).contains("no response came");
    room.layoutKey("dry-1");
    room.layoutKey("dry-2");
    room.done((ISSUE + " --batch dry-1 --first").split(" "));
    room.done(
        ("bureau open --job dry/dry-1/dry-1.printjob --signer issuer/issuer-1.pem --out cards"
                + BUREAU)
            .split(" "));
    var records = Files.readString(room.path("cards/records-00001.jsonl"));
    Files.writeString(
        room.path("spoiled.txt"), records.replaceAll("(?s).*?\"serial\":\"([0-9]{11})\".*", "$1"));
    room.done(
        ("bureau report --opened cards --spoiled spoiled.txt --out dry.report" + BUREAU)
            .split(" "));
  }

  private static boolean tells(Path file) {
    return !Set.of("generation", "token.lock", "token.object")
        .contains(file.getFileName().toString());
  }

  private static Set<String> changes(Map<Path, String> before, Map<Path, String> after) {
    var changes = new TreeSet<String>();
    before.forEach((file, state) -> changes.add(file + " " + state));
    after.forEach((file, state) -> changes.remove(file + " " + state));
    after.keySet().stream()
        .filter(file -> !before.containsKey(file))
        .forEach(f -> changes.add("new " + f));
    return changes;
  }

  /// Every file, with its length and when it was written; but for three in which SoftHSM notes each login. Its objects lie
  /// in files of their own.
  private static Map<Path, String> files(Path directory) throws IOException {
    var found = new TreeMap<Path, String>();
    try (var entries = Files.walk(directory)) {
      for (var entry : entries.filter(DryRunTest::tells).toList()) {
        found.put(entry, Files.size(entry) + " " + Files.getLastModifiedTime(entry));
      }
    }
    return found;
  }
}
