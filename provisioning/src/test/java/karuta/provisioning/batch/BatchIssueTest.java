package karuta.provisioning.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.bundle.CardBook;
import karuta.card.BatchId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Profile;
import karuta.document.DocumentException;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.document.PlainSigner;
import karuta.provisioning.layout.StreamKey;
import karuta.token.key.TokenKdf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchIssueTest {
  private static final PlainSigner ISSUER = new PlainSigner("issuer-1");
  private static final PlainSigner BUREAU = new PlainSigner("bureau");
  private static final int CARDS = 40;

  @TempDir Path directory;
  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final PaperPrinter printer = new PaperPrinter();

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aBatchIsInTheOrderOfItsFileAndReadsBack(Profile profile) throws Exception {
    var order = order("b1", profile, Optional.empty(), "one");

    var record = run(order, () -> false);

    var cards = new ArrayList<CardBook>();
    var content =
        BundleFile.read(order.finished().resolve("b1.bundle"), ISSUER.certificate(), cards::add);
    assertThat(content.manifest().sequence()).isOne();
    assertThat(cards)
        .extracting(card -> card.subject().value())
        .containsExactlyElementsOf(IntStream.range(0, CARDS).mapToObj(i -> "S-" + i).toList());
    assertThat(cards).extracting(card -> card.card().serial()).doesNotHaveDuplicates();
    assertThat(printer.serials)
        .containsExactlyElementsOf(cards.stream().map(card -> card.card().serial()).toList());
    assertThat(record.last("one").orElseThrow().contentDigest())
        .isEqualTo(content.summary().contentDigest());
    assertThat(BatchRecord.read(order.finished().resolve("batch.json"))).isEqualTo(record);
    assertThat(order.unfinished()).doesNotExist();
  }

  @Test
  void everyLayoutIsWipedOnceItsCardIsWritten() throws Exception {
    run(order("b1", Profile.NIST_800_63B, Optional.empty(), "one"), () -> false);
    assertThat(printer.layouts).hasSize(CARDS);
    for (var layout : printer.layouts) {
      assertThatThrownBy(() -> layout.at(new Cell(0))).hasMessage("the layout is wiped");
    }
  }

  @Test
  void eachTokenHasItsOwnRowOfBundles() throws Exception {
    var first = run(order("b1", Profile.NIST_800_63B, Optional.empty(), "one", "two"), () -> false);
    var second = run(order("b2", Profile.NIST_800_63B, Optional.of(first), "two"), () -> false);
    var third =
        run(order("b3", Profile.NIST_800_63B, Optional.of(second), "one", "two"), () -> false);

    assertThat(third.last("one").orElseThrow().sequence()).isEqualTo(2);
    assertThat(third.last("two").orElseThrow().sequence()).isEqualTo(3);
    var bundle =
        BundleFile.read(
            directory.resolve("out/b3/b3-two.bundle"), ISSUER.certificate(), card -> {});
    assertThat(bundle.manifest().previous())
        .isEqualTo(second.last("two").orElseThrow().contentDigest());
    var one =
        BundleFile.read(
            directory.resolve("out/b3/b3-one.bundle"), ISSUER.certificate(), card -> {});
    assertThat(one.manifest().previous())
        .isEqualTo(first.last("one").orElseThrow().contentDigest());
  }

  @Test
  void anInterruptedBatchLeavesNothingAndStartsAgain() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    for (var after : List.of(0, 1, 17, CARDS - 1, CARDS, CARDS + 1, 2 * CARDS - 1)) {
      var asked = new int[1];
      assertThatThrownBy(() -> run(order, () -> asked[0]++ == after))
          .isInstanceOf(Interrupted.class);
      assertNothingIsLeft(order.directory());
      printer.serials.clear();
    }
    run(order, () -> false);
    assertThat(order.finished()).isDirectory();
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    Files.createDirectories(order.unfinished());
    Files.writeString(order.unfinished().resolve("b1.bundle"), "half");
    run(order, () -> false);
    assertThat(order.unfinished()).doesNotExist();
  }

  @Test
  void aFinishedBatchIsNeverOverwritten() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    run(order, () -> false);
    assertThatThrownBy(() -> run(order, () -> false))
        .isInstanceOf(BatchRefused.class)
        .hasMessageEndingWith("b1: this batch is finished; a new batch needs a name of its own");
  }

  @Test
  void aSubjectFileChangedMeanwhileSpoilsTheBatch() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    var file = order.subjects().file();
    Files.writeString(file, Files.readString(file).replace("S-39,1", "S-39,2"));
    assertThatThrownBy(() -> run(order, () -> false))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("changed while the batch was made; nothing was kept");
    assertNothingIsLeft(order.directory());
  }

  @Test
  void aSubjectAddedMeanwhileSpoilsTheBatch() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    Files.writeString(order.subjects().file(), "S-late,1\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> run(order, () -> false))
        .isInstanceOf(DocumentException.class)
        .hasMessageEndingWith("changed while the batch was made; nothing was kept");
    assertNothingIsLeft(order.directory());
  }

  @Test
  void aKeyThatGivesAnotherCardTheSecondTimeIsFound() {
    var keys = new PlainKeys();
    var calls = new int[1];
    BatchKeys failing =
        new BatchKeys() {
          @Override
          public StreamKey layoutKey() {
            return keys.layoutKey();
          }

          @Override
          public karuta.provisioning.book.TagKey bookKey(EpochId epoch) {
            return input -> {
              var tag = keys.bookKey(epoch).tag(input);
              synchronized (calls) {
                tag[0] ^= (byte) (calls[0]++ < CARDS * Profile.NIST_800_63B.draws() ? 1 : 0);
              }
              return tag;
            };
          }

          @Override
          public byte[] random(int bytes) {
            return keys.random(bytes);
          }
        };
    assertThatThrownBy(
            () ->
                issue(
                        order("b1", Profile.NIST_800_63B, Optional.empty(), "one"),
                        failing,
                        () -> false)
                    .run(printer, BUREAU.certificate(), workers, 5))
        .isInstanceOf(DocumentException.class)
        .hasMessage("card 1 of the bundle is not what its keys give; nothing was kept");
    assertNothingIsLeft(directory.resolve("out"));
  }

  @Test
  void aFailureInAWorkerEndsTheBatch() {
    BatchKeys broken =
        new BatchKeys() {
          @Override
          public StreamKey layoutKey() {
            return input -> {
              throw new IllegalStateException("the token is gone");
            };
          }

          @Override
          public karuta.provisioning.book.TagKey bookKey(EpochId epoch) {
            throw new IllegalStateException("the token is gone");
          }

          @Override
          public byte[] random(int bytes) {
            return new byte[bytes];
          }
        };
    assertThatThrownBy(
            () ->
                issue(
                        order("b1", Profile.NIST_800_63B, Optional.empty(), "one"),
                        broken,
                        () -> false)
                    .run(printer, BUREAU.certificate(), workers, 5))
        .hasMessage("the token is gone");
    assertNothingIsLeft(directory.resolve("out"));
  }

  @Test
  void aNumberIsUsedOnce() throws Exception {
    var first = run(order("b1", Profile.NIST_800_63B, Optional.empty(), "one", "two"), () -> false);
    var second = run(order("b2", Profile.NIST_800_63B, Optional.of(first), "one"), () -> false);
    run(order("b0", Profile.NIST_800_63B, Optional.of(second), "one"), () -> false);
    var twice = order("b3", Profile.NIST_800_63B, Optional.of(first), "two", "one");
    assertThatThrownBy(() -> run(twice, () -> false))
        .isInstanceOf(BatchRefused.class)
        .hasMessageContaining("bundle 3 for verifier token one was made already")
        .hasMessageContaining("--previous " + directory.resolve("out/b0/batch.json"));
    assertThatThrownBy(() -> issue(twice, new PlainKeys(), () -> false).requireNew())
        .isInstanceOf(BatchRefused.class);
    var other = order("b4", Profile.NIST_800_63B, Optional.of(first), "two");
    assertThat(run(other, () -> false).last("two").orElseThrow().sequence()).isEqualTo(2);
  }

  @Test
  void aBatchLeftUnfinishedUsedNoNumber() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    var record = run(order, () -> false);
    Files.move(order.finished(), order.directory().resolve("b9.unfinished"));
    printer.serials.clear();
    assertThat(run(order, () -> false).last("one")).map(BatchRecord.Link::sequence).hasValue(1L);
    assertThat(record.last("one")).map(BatchRecord.Link::sequence).hasValue(1L);
  }

  @Test
  void twoAtOnceAreNotMade() throws Exception {
    var order = order("b1", Profile.NIST_800_63B, Optional.empty(), "one");
    var other = order("b2", Profile.NIST_800_63B, Optional.empty(), "one");
    var asked = new int[1];
    run(
        order,
        () -> {
          if (asked[0]++ == 0) {
            assertThatThrownBy(() -> run(other, () -> false))
                .isInstanceOf(BatchRefused.class)
                .hasMessageStartingWith("another batch is being made in");
          }
          return false;
        });
    assertThat(order.finished()).isDirectoryContaining("glob:**b1.bundle");
    assertThat(other.finished()).doesNotExist();
  }

  private static void assertNothingIsLeft(Path out) {
    assertThat(out).isDirectoryNotContaining(path -> !path.endsWith(".lock"));
  }

  private BatchRecord run(BatchOrder order, BooleanSupplier stopped) throws IOException {
    return issue(order, new PlainKeys(), stopped).run(printer, BUREAU.certificate(), workers, 5);
  }

  private static BatchIssue issue(BatchOrder order, BatchKeys keys, BooleanSupplier stopped) {
    return new BatchIssue(order, keys, ISSUER, (step, done, of) -> {}, stopped);
  }

  private BatchOrder order(
      String batch, Profile profile, Optional<BatchRecord> previous, String... tokens)
      throws IOException {
    printer.serials.clear();
    var file = directory.resolve(batch + ".csv");
    var text = new StringBuilder("subject,generation\n");
    for (var i = 0; i < CARDS; i++) {
      text.append("S-").append(i).append(",1\n");
    }
    Files.writeString(file, text);
    return new BatchOrder(
        new BatchId(batch),
        profile,
        Subjects.check(file),
        List.of(tokens).stream().map(BatchIssueTest::agreement).toList(),
        previous,
        directory.resolve("out"),
        Instant.parse("2026-01-05T09:00:00Z"));
  }

  private static Confirmation agreement(String token) {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var kdf = TokenKdf.standard(Kdf.CKD_NULL);
    var response =
        new Response(
            new EpochId(token),
            "0".repeat(64),
            token,
            AgreementUse.DEVELOPMENT,
            kdf,
            new byte[65],
            now);
    return new Confirmation(response, "0".repeat(64), "issuer", kdf, new byte[32], now);
  }
}
