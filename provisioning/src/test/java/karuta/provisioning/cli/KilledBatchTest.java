package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.bundle.CardBook;
import karuta.demo.process.Waiting;
import karuta.provisioning.batch.BundleFile;
import karuta.provisioning.document.PinnedCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The real command, killed at every step of a batch on a real token: whatever was done, the same command either makes
/// the batch or says that it is made. No card comes twice, no sequence number is used twice, none is left out.
@ExtendWith(Room.Key.class)
class KilledBatchTest {
  private static final int SIGKILL = 128 + 9;

  /// What the command prints when it has come to a step, in the order of the steps.
  private static final List<String> STEPS =
      List.of(
          "making cards: 1 of 3",
          "making cards: 3 of 3",
          "checking: 1 of 3",
          "checking: 3 of 3",
          ": 3 cards in");

  @Test
  void aKilledBatchIsMadeAgainOrIsMadeAlready(Room room) throws Exception {
    var batches = new ArrayList<String>();
    for (var step : STEPS) {
      var command = next(room, batches);
      var killed = Cli.start(room.path(), SignalAt.class, List.of("KILL", step), command).end();
      assertThat(killed.exitCode()).as("killed at '%s': %s", step, killed.err()).isEqualTo(SIGKILL);
      runAgain(room, batches.getLast(), command);
    }
    var command = next(room, batches);
    killWhenRecordAppears(room, batches.getLast(), command);
    runAgain(room, batches.getLast(), command);
    assertChain(room, batches);
  }

  @Test
  void anInterruptEndsWithFourAndTheSameCommandGoesOn(Room room) throws Exception {
    room.layoutKey("stop");
    var command = Room.issue("stop", "stopped", "--first");
    for (var step : List.of("making cards: 2 of 3", "checking: 2 of 3")) {
      var ended = Cli.start(room.path(), SignalAt.class, List.of("TERM", step), command).end();
      assertThat(ended.exitCode()).as("at '%s': %s", step, ended.err()).isEqualTo(4);
      assertThat(ended.err()).contains("interrupted; nothing was kept, run the same command again");
      assertThat(names(room.path("stopped"))).containsExactly(".lock");
    }
    room.done(command);
    assertThat(names(room.path("stopped"))).containsExactly(".lock", "stop");
  }

  @Test
  void twoBatchesAreNotMadeAtOnceInOneDirectory(Room room) throws Exception {
    room.layoutKey("busy");
    Files.createDirectories(room.path("crowded"));
    var lock = room.path("crowded/.lock");
    var command = Room.issue("busy", "crowded", "--first");
    try (var held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.tryLock()).isNotNull();
      var refused = room.run(command);
      assertThat(refused.exitCode()).as(refused.err()).isOne();
      assertThat(refused.err()).contains("another batch is being made in crowded; wait");
    }
    room.done(command);
  }

  @Test
  void aNumberThatWasUsedIsNotUsedAgain(Room room) throws Exception {
    room.layoutKey("used");
    room.layoutKey("again");
    room.done(Room.issue("used", "numbers", "--first"));
    var refused = room.run(Room.issue("again", "numbers", "--first"));
    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.err())
        .contains("bundle 1 for verifier token", "--previous numbers/used/batch.json");
    room.done(Room.issue("again", "numbers", "--previous", "numbers/used/batch.json"));
  }

  /// Names a batch that follows those before it, makes its key, and gives the command.
  private static String[] next(Room room, List<String> batches) throws Exception {
    var previous = Optional.of(batches).filter(all -> !all.isEmpty()).map(List::getLast);
    batches.add("k" + batches.size());
    room.layoutKey(batches.getLast());
    return previous
        .map(
            b ->
                Room.issue(
                    batches.getLast(), "killed", "--previous", "killed/" + b + "/batch.json"))
        .orElseGet(() -> Room.issue(batches.getLast(), "killed", "--first"));
  }

  /// Between the last check and the name of the batch nothing is printed, so its last file is waited for. The kill may
  /// come before or after the name is given; what must hold holds either way.
  private static void killWhenRecordAppears(Room room, String batch, String[] command)
      throws Exception {
    var running = Cli.start(room.path(), command);
    var record = room.path("killed").resolve(batch + ".unfinished").resolve("batch.json");
    var finished = room.path("killed").resolve(batch);
    Waiting.until(
        "the record or the name of batch " + batch,
        () -> Files.exists(record) || Files.exists(finished),
        running.process()::isAlive);
    running.process().destroyForcibly();
    running.end();
  }

  private static void runAgain(Room room, String batch, String[] command) throws Exception {
    var made = Files.exists(room.path("killed").resolve(batch));
    var again = room.run(command);
    if (made) {
      assertThat(again.exitCode()).as(again.err()).isOne();
      assertThat(again.err())
          .contains("killed/" + batch + ": this batch is finished; a new batch needs a name");
    } else {
      assertThat(again.exitCode()).as(again.err()).isZero();
    }
  }

  private static void assertChain(Room room, List<String> batches) throws Exception {
    var expected = new ArrayList<>(batches);
    expected.addFirst(".lock");
    assertThat(names(room.path("killed"))).containsExactlyElementsOf(expected);
    var issuer = PinnedCertificate.read(room.path("issuer/issuer-1.pem"));
    var previous = "";
    var serials = new HashSet<String>();
    for (var batch : batches) {
      var directory = room.path("killed").resolve(batch);
      var books = new ArrayList<CardBook>();
      var content = BundleFile.read(directory.resolve(batch + ".bundle"), issuer, books::add);
      assertThat(content.manifest().sequence()).isEqualTo(batches.indexOf(batch) + 1);
      assertThat(content.manifest().previous()).isEqualTo(previous);
      previous = content.summary().contentDigest();
      var inBundle = books.stream().map(book -> book.card().serial().digits()).toList();
      assertThat(inBundle).hasSize(3).allMatch(serials::add);
      assertThat(printed(room, batch)).isEqualTo(inBundle);
    }
  }

  /// The cards of a batch as the bureau finds them.
  private static List<String> printed(Room room, String batch) throws IOException {
    var out = room.path("bureau-" + batch);
    var opened =
        Cli.here(
            "bureau", "open",
            "--job", room.path("killed/" + batch + "/" + batch + ".printjob").toString(),
            "--key", room.path("pki/bureau.p12").toString(),
            "--password-file", room.path("pki/bureau.password").toString(),
            "--signer", room.path("issuer/issuer-1.pem").toString(),
            "--out", out.toString());
    assertThat(opened.exitCode()).as(opened.err()).isZero();
    var serial = Pattern.compile("\"serial\":\"([0-9]{11})\"");
    return serial
        .matcher(Files.readString(out.resolve("records-00001.jsonl")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
