package karuta.provisioning.print;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import karuta.catalogue.Catalogue;

/// Starts print jobs that are signed by the issuer and encrypted to the bureau while they are written.
public final class EncryptedPrintJobs implements PrintJob.Factory, AutoCloseable {
  /// How long a job may be printed.
  static final Duration VALIDITY = Duration.ofDays(30);

  /// Cards in one PDF. Pictures are drawn once a PDF, so small ones are large in sum: 200 cards are 1.4 MB, 7 kB a
  /// card; a card alone takes 130 kB. And so many pages wait in memory.
  static final int CARDS_PER_FILE = 200;

  private final Design design;
  private final SecureRandom random;
  private final int cardsPerFile;

  /// @param random for content keys and ephemeral keys
  public EncryptedPrintJobs(Catalogue catalogue, SecureRandom random) throws IOException {
    this(catalogue, random, CARDS_PER_FILE);
  }

  public EncryptedPrintJobs(Catalogue catalogue, SecureRandom random, int cardsPerFile)
      throws IOException {
    this.design = new Design(catalogue);
    this.random = random;
    this.cardsPerFile = cardsPerFile;
  }

  /// The last moment at which a job may be printed.
  ///
  /// @param createdAt the batch's time
  public static Instant lastDay(Instant createdAt) {
    return createdAt.plus(VALIDITY);
  }

  @Override
  public PrintJob open(Path file, PrintOrder order) throws IOException {
    return new EncryptedPrintJob(file, order, design, random, cardsPerFile);
  }

  @Override
  public void close() throws IOException {
    design.close();
  }
}
