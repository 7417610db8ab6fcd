package karuta.provisioning.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.document.DocumentException;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.document.PlainSigner;
import karuta.provisioning.print.PrintReport;
import karuta.token.key.TokenKdf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchReportTest {
  private static final PlainSigner ISSUER = new PlainSigner("issuer-1");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Serial STRANGE = Serial.ofRandomDigits("0123456789");

  @TempDir Path directory;
  private final List<Serial> serials = new ArrayList<>();

  /// A batch for two verifier tokens, whose bundles have names of their own.
  @BeforeEach
  void makeABatch() throws Exception {
    var file = directory.resolve("orders.csv");
    Files.writeString(file, "subject,generation\nS-1,1\nS-2,3\nS-3,1\n");
    var order =
        new BatchOrder(
            new BatchId("b1"),
            Profile.NIST_800_63B,
            Subjects.check(file),
            List.of(agreement("one"), agreement("two")),
            Optional.empty(),
            directory,
            NOW);
    var printer = new PaperPrinter();
    try (var workers = Executors.newFixedThreadPool(2)) {
      new BatchIssue(order, new PlainKeys(), ISSUER, (step, done, of) -> {}, () -> false)
          .run(printer, new PlainSigner("bureau").certificate(), workers, 1);
    }
    serials.addAll(printer.serials);
  }

  private static Confirmation agreement(String token) {
    var kdf = TokenKdf.standard(Kdf.CKD_NULL);
    var response =
        new Response(
            new EpochId(token),
            "0".repeat(64),
            token,
            AgreementUse.DEVELOPMENT,
            kdf,
            new byte[65],
            NOW);
    return new Confirmation(response, "0".repeat(64), "issuer", kdf, new byte[32], NOW);
  }

  private BatchReport held(List<Serial> printed, List<Serial> spoiled) throws IOException {
    return held("paper", "0".repeat(64), printed, spoiled);
  }

  private BatchReport held(String job, String manifest, List<Serial> printed, List<Serial> spoiled)
      throws IOException {
    var report = new PrintReport(job, new BatchId("b1"), manifest, NOW, printed, spoiled);
    return BatchReport.of(directory.resolve("b1"), ISSUER.certificate(), report);
  }

  @Test
  void theSpoiledCardsAreNamedWithTheirSubjects() throws Exception {
    var held = held(List.of(serials.get(2), serials.get(0)), List.of(serials.get(1)));
    assertThat(held.printed()).isEqualTo(2);
    assertThat(held.spoiled())
        .singleElement()
        .satisfies(
            card -> {
              assertThat(card.subject().value()).isEqualTo("S-2");
              assertThat(card.card().generation().value()).isEqualTo(3);
            });
  }

  @Test
  void aCardTheReportLeavesOutIsMissed() {
    assertThatThrownBy(() -> held(serials.subList(0, 2), List.of()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("says nothing about card " + serials.get(2).grouped())
        .hasMessageEndingWith("mail nothing; ask the bureau");
  }

  @Test
  void aCardNobodyOrderedIsFound() {
    var more = new ArrayList<>(serials);
    more.add(STRANGE);
    assertThatThrownBy(() -> held(more, List.of()))
        .hasMessageContaining(
            "card " + STRANGE.grouped() + " was printed, but is not of this batch");
    assertThatThrownBy(() -> held(serials, List.of(STRANGE)))
        .hasMessageContaining("was spoiled, but is not of this batch");
  }

  @Test
  void aReportOnAnotherPrintJobIsRefused() {
    for (var other : List.of(List.of("other", "0".repeat(64)), List.of("paper", "1".repeat(64)))) {
      assertThatThrownBy(() -> held(other.get(0), other.get(1), serials, List.of()))
          .isInstanceOf(DocumentException.class)
          .hasMessage("the report is about another print job than the one made with this batch");
    }
  }

  @Test
  void anotherBundleInItsPlaceIsFound() throws Exception {
    Files.copy(
        directory.resolve("b1/b1-two.bundle"),
        directory.resolve("b1/b1-one.bundle"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> held(serials, List.of()))
        .hasMessage("b1-one.bundle is not the bundle the batch was made with");
  }
}
