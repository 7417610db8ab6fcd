package karuta.server.book;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleReader;
import karuta.bundle.CardBook;
import karuta.server.audit.AuditEvent;
import karuta.server.book.BundleCheck.Sound;
import karuta.server.book.BundleRefused.Reason;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.store.AuditedTx;
import karuta.server.store.BookRow;
import karuta.server.store.BundleRow;
import karuta.server.store.Store;
import karuta.server.store.Tx;

/// Takes a bundle's books into the store: all of them or, if anything is wrong with the file, none.
///
/// The file is read twice. The first pass verifies the signature and every digest over the whole content, and that each
/// card was ordered; it changes nothing. The second imports in chunks, one transaction each, in which the count of
/// cards done moves on too: killed at any point, the same call goes on at the right card, and two at once cannot import
/// a card twice.
public final class BundleImport {
  private static final int CHUNK = 200;

  private final Store store;
  private final BundleTrust trust;
  private final InstantSource time;

  public BundleImport(Store store, BundleTrust trust, InstantSource time) {
    this.store = store;
    this.trust = trust;
    this.time = time;
  }

  /// Verifies the whole file, then imports it. Interrupted, the same call goes on where it stopped.
  ///
  /// @param bundle the file
  /// @param progress is told how many cards are done, after each chunk
  /// @throws BundleRefused if nothing of it is imported by this call
  /// @throws IOException if the file cannot be read
  public ImportResult run(Path bundle, LongConsumer progress) throws BundleRefused, IOException {
    try (var copy = VerifiedCopy.of(bundle, trust.issuer())) {
      var sound = new BundleCheck(store, trust).check(copy);
      var row = sound.row().isPresent() ? sound.row().get() : begin(sound);
      if (row.finished()) {
        return new ImportResult(sound.manifest(), 0, 0, row.done(), true);
      }
      var leftOut = take(copy, sound.manifest(), row, progress);
      return new ImportResult(
          sound.manifest(), row.cards() - row.done() - leftOut, leftOut, row.done(), false);
    }
  }

  private BundleRow begin(Sound sound) throws BundleRefused {
    var manifest = sound.manifest();
    var row =
        new BundleRow(
            manifest.token(),
            manifest.sequence(),
            sound.digest(),
            manifest.batch().value(),
            manifest.cards(),
            0);
    if (!store.change(tx -> tx.bundles().begin(row, time.instant()))) {
      throw busy();
    }
    return row;
  }

  private long take(
      VerifiedCopy copy, BundleManifest manifest, BundleRow row, LongConsumer progress)
      throws IOException, BundleRefused {
    long leftOut = 0;
    try (var in = copy.open()) {
      var reader = new BundleReader(in);
      var done = row.done();
      for (var skipped = 0L; skipped < done; skipped++) {
        reader.next();
      }
      for (var chunk = chunk(reader); !chunk.isEmpty(); chunk = chunk(reader)) {
        leftOut += take(manifest, row, done, chunk).orElseThrow(BundleImport::busy);
        done += chunk.size();
        progress.accept(done);
      }
    }
    return leftOut;
  }

  private static List<CardBook> chunk(BundleReader reader) throws IOException {
    var chunk = new ArrayList<CardBook>(CHUNK);
    while (chunk.size() < CHUNK) {
      var next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      chunk.add(next.get());
    }
    return chunk;
  }

  /// One transaction; empty if another import has done this chunk.
  private Optional<Long> take(
      BundleManifest manifest, BundleRow row, long from, List<CardBook> chunk) {
    var now = time.instant();
    return store.change(
        tx -> {
          if (!tx.bundles().advance(row, from, from + chunk.size(), now)) {
            return Optional.empty();
          }
          var journal = new AuditedTx(tx, Caller.KARUTA, now);
          return Optional.of(chunk.stream().filter(book -> !take(journal, manifest, book)).count());
        });
  }

  private static boolean take(AuditedTx journal, BundleManifest manifest, CardBook book) {
    Tx tx = journal.tx();
    var card = tx.cards().lock(book.subject(), book.card().generation()).orElseThrow();
    if (card.state() != CardState.ORDERED
        || !tx.cards().move(card, CardState.ISSUED, Optional.empty())) {
      journal.note(card, AuditEvent.BOOK_LEFT_OUT, "the card is " + card.state());
      return false;
    }
    tx.books().add(BookRow.of(book, manifest.batch(), manifest.epoch(), manifest.catalogue()));
    tx.details().issued(book.subject(), book.card().generation(), journal.now());
    journal.note(card, AuditEvent.CARD_ISSUED, "batch " + manifest.batch());
    return true;
  }

  private static BundleRefused busy() {
    return new BundleRefused(
        Reason.POLICY,
        "another import of this bundle is at work; run this one again to see it done");
  }
}
