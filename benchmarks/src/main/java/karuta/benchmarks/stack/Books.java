package karuta.benchmarks.stack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleWriter;
import karuta.card.EpochId;
import karuta.catalogue.Catalogue;
import karuta.demo.Home;
import karuta.document.SignedDocument;

/// The bundle of a deck's books, signed by the issuer in software.
final class Books {
  private static final int BUFFER = 1 << 20;

  /// So many are made side by side, and kept in memory, before they are written one after the other.
  private static final int TOGETHER = 1_000;

  private Books() {}

  /// Writes it.
  ///
  /// @param token the serial of the token that verifies
  static void write(Path file, Deck deck, SoftwareIssuer issuer, String token) throws IOException {
    var catalogue = Catalogue.v1();
    var manifest =
        new BundleManifest(
            Deck.BATCH,
            1,
            "",
            new EpochId(Home.EPOCH),
            token,
            catalogue.version(),
            catalogue.digest(),
            Deck.PROFILE,
            deck.count(),
            Instant.now());
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        var document =
            new BufferedOutputStream(SignedDocument.write(out, issuer.signer()), BUFFER)) {
      var body = new BundleWriter(document, manifest);
      for (var from = 0; from < deck.count(); from += TOGETHER) {
        var books =
            IntStream.range(from, Math.min(from + TOGETHER, deck.count()))
                .parallel()
                .mapToObj(deck::book)
                .toList();
        for (var book : books) {
          body.add(book);
        }
      }
      body.finish();
    }
  }
}
