package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import karuta.demo.process.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/// What every command with effects says it would do, in a file that reviewers read instead of the code; and that it
/// does none of it, and then just that. When the words change on purpose, copy `target/dry-run.md` over
/// `src/test/resources/dry-run.md`.
@ExtendWith(Room.Key.class)
class DryRunTest {
  private static final Path CHECKED_IN = Path.of("src/test/resources/dry-run.md");

  private static final Pattern DESTROYED = Pattern.compile("would destroy the key (\\S+) in");

  private static final Pattern FORGOTTEN =
      Pattern.compile("would forget the head of (guard \\S+) in");

  /// Commands that only look, or show all that they sign before they do.
  private static final Set<String> LOOKING =
      Set.of(
          "karuta token status",
          "karuta token check",
          "karuta batch check",
          "karuta keys audit",
          "karuta custodian approve");

  private static final String REQUEST =
      "agree request --token issuer/token.toml --signing-key issuer-1 --dir agreement"
          + " --verifier-certificate verifier/receipt-1.pem --rehearsal --development --epoch ";
  private static final String ISSUE =
      "batch issue --token issuer/token.toml --signing-key issuer-1 --subjects orders.csv"
          + " --agreement agreement/2026a.confirmation --bureau-certificate pki/bureau.pem --out"
          + " dry";
  private static final String BUREAU = " --key pki/bureau.p12 --password-file pki/bureau.password";

  /// In an order in which each can be carried out after those before it.
  private static final List<String> COMMANDS =
      List.of(
          "token init --role issuer --home other",
          "signing-key create --token issuer/token.toml --label issuer-2 --certificate"
              + " issuer-2.pem",
          "signing-key certificate --token issuer/token.toml --label issuer-2 --certificate"
              + " again.pem",
          "signing-key destroy --token issuer/token.toml --label issuer-2",
          REQUEST + "2026c",
          "agree respond --token verifier/token.toml --epoch 2026b --signing-key receipt-1"
              + " --issuer-certificate issuer/issuer-1.pem --dir agreement --rehearsal --development",
          "agree complete --token verifier/token.toml --epoch 2026a --issuer-certificate"
              + " issuer/issuer-1.pem --verifier-certificate verifier/receipt-1.pem --dir agreement"
              + " --record epoch-2026a.toml",
          "agree abandon --token verifier/token.toml --epoch 2026b",
          "epoch retire --token issuer/token.toml --epoch 2026c --cards 0",
          "layout-key create --token issuer/token.toml --batch dry-3",
          "layout-key destroy --token issuer/token.toml --batch dry-3 --without-report unused",
          "layout-key destroy --token issuer/token.toml --batch dry-1 --made dry/dry-1 --report"
              + " dry.report --issuer-certificate issuer/issuer-1.pem --bureau-certificate"
              + " pki/bureau.pem",
          ISSUE + " --batch dry-2 --previous dry/dry-1/batch.json",
          "batch report --issuer-certificate issuer/issuer-1.pem --bureau-certificate"
              + " pki/bureau.pem --report dry.report --out spoiled.csv dry/dry-1",
          "bureau open --job dry/dry-1/dry-1.printjob --signer issuer/issuer-1.pem --out opened"
              + BUREAU,
          "bureau report --opened cards --spoiled spoiled.txt --out other.report" + BUREAU,
          "keys forget-guard --token verifier/token.toml --guard dry-1",
          "keys withdraw-request --token verifier/token.toml --request dry.destroy",
          "pki dev --out certificates");

  /// What was said is then done, and compared with what has changed: neither more nor less.
  @Test
  void everyDryRunDoesNothingAndSaysWhatIsThenDone(Room room) throws Exception {
    prepare(room);
    var pages = new StringBuilder("# What every command with effects prints with `--dry-run`\n");
    for (var command : COMMANDS) {
      var words = List.of(command.split(" "));
      var before = World.of(room);
      var said = dryRun(room, words);
      assertThat(World.of(room).changesSince(before)).as(command).isEmpty();
      assertThat(dryRun(room, words)).as("the same plan again").isEqualTo(said);
      carryOut(room, words);
      assertThat(World.of(room).changesSince(before)).as(command).isEqualTo(World.said(said));
      pages.append("\n```\n$ karuta ").append(command).append(" --dry-run\n");
      pages.append(withoutChance(said)).append("```\n");
    }
    Files.writeString(Path.of("target/dry-run.md"), pages);
    assertThat(pages.toString())
        .as("target/dry-run.md has what it should be")
        .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
  }

  private static String dryRun(Room room, List<String> words) {
    var more = new ArrayList<>(words);
    more.add("--dry-run");
    return room.done(more.toArray(String[]::new)).out();
  }

  /// As a custodian would: who destroys something types its name, who asks waits for an answer.
  private static void carryOut(Room room, List<String> words) throws Exception {
    var more = new ArrayList<>(words);
    DESTROYED
        .matcher(dryRun(room, words))
        .results()
        .map(key -> key.group(1))
        .map(key -> words.contains("retire") ? "retire " + key + " and 0 cards" : "destroy " + key)
        .forEach(sentence -> more.addAll(List.of("--confirm", sentence)));
    FORGOTTEN
        .matcher(dryRun(room, words))
        .results()
        .forEach(guard -> more.addAll(List.of("--confirm", "forget " + guard.group(1))));
    if (!words.contains("request")) {
      room.done(more.toArray(String[]::new));
      return;
    }
    var epoch = words.getLast();
    var asking = room.begin(more.toArray(String[]::new));
    var request = room.path("agreement/" + epoch + ".request");
    Waiting.until("the request", () -> Files.exists(request) || asking.ended());
    Files.createDirectories(room.path("elsewhere"));
    Files.copy(request, room.path("elsewhere/" + epoch + ".request"));
    room.done(Room.with(Room.respond(epoch, "elsewhere"), "--rehearsal"));
    Files.move(
        room.path("elsewhere/" + epoch + ".response"),
        room.path("agreement/" + epoch + ".response"));
    Files.delete(room.path("elsewhere/" + epoch + ".request"));
    asking.done();
    Files.delete(room.path("agreement/" + epoch + ".response"));
    room.done(
        Room.with(
            "agree abandon --confirm".split(" "),
            "destroy book-" + epoch,
            "--token",
            Room.VERIFIER,
            "--epoch",
            epoch));
  }

  private static String withoutChance(String said) {
    return said.replaceAll(
            "karuta-(issuer|verifier) \\(serial [0-9a-f]{16}\\)", "karuta-$1 (serial <$1>)")
        .replaceAll("verifier token [0-9a-f]{16}", "verifier token <verifier>")
        .replaceAll("job [0-9a-f]{16}", "job <name>")
        .replaceAll("request number [0-9]+", "request number <number>")
        .replaceAll("(of|on) 20[0-9T:-]+Z", "$1 <time>")
        .replaceAll("\\b[0-9a-f]{64}\\b", "<digest>")
        .replaceAll("([0-9a-f]{4} ){7}[0-9a-f]{4}", "<fingerprint>")
        .replaceAll("[0-9]{4} [0-9]{4} [0-9]{3}", "<number>");
  }

  @Test
  void everyCommandWithEffectsIsInTheFile() throws Exception {
    var missing = new TreeSet<String>();
    collect(Main.commandLine(Cli.nowhere()), missing);
    missing.removeAll(LOOKING);
    assertThat(missing)
        .as("the list of commands that only look is up to date")
        .hasSize((int) COMMANDS.stream().map(c -> c.replaceAll(" --.*", "")).distinct().count());
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

  /// Requests that wait for an answer and for custodians, and a batch that the bureau has printed but for one card.
  private static void prepare(Room room) throws Exception {
    var unanswered = room.run((REQUEST + "2026b --wait 0").split(" "));
    assertThat(unanswered.err()).contains("no response came");
    room.remember("dry-1", 4000);
    room.custodians();
    room.done(
        ("signing-key destroy --label receipt-1 --new-request dry.destroy --reason unused --token "
                + TestCustodians.VERIFIER)
            .split(" "));
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
}
