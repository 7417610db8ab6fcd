package karuta.server.book;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import karuta.bundle.BundleException;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleReader;
import karuta.bundle.CardBook;
import karuta.digest.Sha256;
import karuta.document.CertificateDates;
import karuta.server.book.BundleRefused.Reason;
import karuta.server.card.CardState;
import karuta.server.store.BundleRow;
import karuta.server.store.CardRow;
import karuta.server.store.Store;
import karuta.server.store.Tx;

/// The first pass over a bundle: everything is looked at and nothing is changed.
final class BundleCheck {
  private static final int GROUP = 500;
  private static final long MOST_CARDS = 10_000_000;

  private final Store store;
  private final BundleTrust trust;

  BundleCheck(Store store, BundleTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /// A bundle that may be imported.
  ///
  /// @param row how far its import has come; empty if it has not begun
  record Sound(BundleManifest manifest, String digest, Optional<BundleRow> row) {}

  Sound check(VerifiedCopy copy) throws IOException, BundleRefused {
    try (var in = copy.open()) {
      var reader = new BundleReader(in);
      requireOurs(reader.manifest());
      var begun =
          store.read(tx -> tx.bundles().find(trust.tokenSerial(), reader.manifest().sequence()));
      var done = begun.map(BundleRow::done).orElse(0L);
      requireCards(reader, done);
      var digest = reader.summary().contentDigest();
      requireTurn(reader.manifest(), digest);
      return new Sound(reader.manifest(), digest, begun);
    } catch (BundleException e) {
      throw new BundleRefused(Reason.INTEGRITY, "the bundle breaks its format: " + e.getMessage());
    }
  }

  private void requireOurs(BundleManifest manifest) throws BundleRefused {
    if (!manifest.token().equals(trust.tokenSerial())) {
      throw policy(
          "the bundle is for token %s, this server has %s"
              .formatted(manifest.token(), trust.tokenSerial()));
    }
    requireInForce(manifest);
    if (!trust.epochs().contains(manifest.epoch())) {
      throw policy(
          "the bundle is of epoch %s, whose book key is not configured here"
              .formatted(manifest.epoch()));
    }
    if (!manifest.catalogue().equals(trust.catalogue())
        || !manifest.catalogueDigest().equals(trust.catalogueDigest())) {
      throw policy(
          "the bundle is drawn from another catalogue than this server shows ('%s')"
              .formatted(trust.catalogue()));
    }
    if (manifest.cards() > MOST_CARDS) {
      throw policy("the bundle has more than " + MOST_CARDS + " cards; split the batch");
    }
  }

  /// What was signed in time stays signed. No chain is followed, so the certificate's dates are all that says when its
  /// owner wanted it to end.
  private void requireInForce(BundleManifest manifest) throws BundleRefused {
    var objection =
        CertificateDates.notInForce(
            trust.issuer(), BundleTrust.ISSUER, "the bundle", manifest.createdAt());
    if (objection.isPresent()) {
      throw policy(objection.get());
    }
  }

  /// Bundles come one after the other, each naming the one before: none is lost, none comes twice, none is exchanged.
  private void requireTurn(BundleManifest manifest, String digest) throws BundleRefused {
    var same = store.read(tx -> tx.bundles().find(manifest.token(), manifest.sequence()));
    if (same.isPresent()) {
      if (!same.get().digest().equals(digest)) {
        throw policy(
            "another bundle was imported as number %d (batch %s)"
                .formatted(manifest.sequence(), same.get().batch()));
      }
      return;
    }
    var last = store.read(tx -> tx.bundles().last(manifest.token()));
    if (last.isPresent() && !last.get().finished()) {
      throw policy(
          "bundle %d (batch %s) is half imported; import it again first"
              .formatted(last.get().sequence(), last.get().batch()));
    }
    var expected = last.map(BundleRow::sequence).orElse(0L) + 1;
    if (manifest.sequence() != expected) {
      throw policy(
          "the bundle is number %d, the next one must be %d"
              .formatted(manifest.sequence(), expected));
    }
    if (!manifest.previous().equals(last.map(BundleRow::digest).orElse(""))) {
      throw policy("the bundle follows another bundle than the one imported here last");
    }
  }

  private void requireCards(BundleReader reader, long done) throws IOException, BundleRefused {
    var seen = new long[Math.toIntExact(reader.manifest().cards())];
    var group = new ArrayList<CardBook>();
    var count = 0;
    for (var book = reader.next(); book.isPresent(); book = reader.next()) {
      seen[count++] = fingerprint(book.get());
      if (count > done) {
        group.add(book.get());
      }
      if (group.size() == GROUP) {
        requireOrders(group);
        group.clear();
      }
    }
    requireOrders(group);
    Arrays.sort(seen);
    for (var i = 1; i < seen.length; i++) {
      if (seen[i] == seen[i - 1]) {
        throw new BundleRefused(Reason.INTEGRITY, "the bundle has two books for one card");
      }
    }
  }

  private void requireOrders(List<CardBook> books) throws BundleRefused {
    var problem =
        store.read(tx -> books.stream().flatMap(book -> problem(tx, book).stream()).findFirst());
    if (problem.isPresent()) {
      throw policy(problem.get());
    }
  }

  private static Optional<String> problem(Tx tx, CardBook book) {
    var name = "card %d of %s".formatted(book.card().generation().value(), book.subject());
    var card = tx.cards().find(book.subject(), book.card().generation());
    if (card.isEmpty()) {
      return Optional.of(name + " was never ordered here");
    }
    if (card.get().progress().profile() != book.profile()) {
      return Optional.of(name + " was ordered with another profile");
    }
    return waits(card.get())
        ? Optional.empty()
        : Optional.of(name + " has its book already: it is " + card.get().state());
  }

  /// An order that was ended in the meantime is no reason to refuse everybody else's card: its book is left out.
  private static boolean waits(CardRow card) {
    return card.state() == CardState.ORDERED || card.ended();
  }

  private static long fingerprint(CardBook book) {
    var name = book.subject() + " " + book.card().generation().value();
    var digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    return java.nio.ByteBuffer.wrap(digest).getLong();
  }

  private static BundleRefused policy(String message) {
    return new BundleRefused(Reason.POLICY, message);
  }
}
