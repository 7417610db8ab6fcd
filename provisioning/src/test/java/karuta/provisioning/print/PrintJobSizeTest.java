package karuta.provisioning.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import karuta.catalogue.Catalogue;
import karuta.provisioning.print.PrintParts.PlainSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a job of one PDF costs. The sizes are held, the times are only told.
class PrintJobSizeTest {
  private static final int CARDS = EncryptedPrintJobs.CARDS_PER_FILE;

  @TempDir private Path folder;

  @Test
  void twoHundredCardsFitInTwoMegabytes() throws IOException {
    var signer = PlainSigner.make();
    var bureau = PrintParts.bureau(PrintParts.ec("secp384r1"));
    var job = folder.resolve("job");
    var start = System.nanoTime();
    try (var jobs = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom())) {
      PrintParts.write(jobs, job, PrintParts.order(CARDS, signer, bureau));
    }
    var written = System.nanoTime();
    var reader = new PrintJobReader(bureau, signer.certificate(), PrintParts.MADE, () -> false);
    assertThat(reader.open(job, folder.resolve("out")).cards()).isEqualTo(CARDS);
    var opened = System.nanoTime();
    assertThat(Files.size(job)).isLessThan(2_000_000);
    System.out.printf(
        Locale.ROOT,
        "%d cards: %,d bytes, written in %.1f s, opened in %.1f s%n",
        CARDS,
        Files.size(job),
        (written - start) / 1e9,
        (opened - written) / 1e9);
  }
}
