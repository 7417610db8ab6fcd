package karuta.server.book;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongConsumer;
import karuta.card.EpochId;
import karuta.server.store.Store;

/// Takes a bundle's books into the store.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class BundleImport {
  private final Store store;
  private final Trust trust;
  private final InstantSource time;

  /// What a bundle must be for to be taken.
  ///
  /// @param issuer the issuer's certificate, pinned: nothing else is trusted, no chain is followed
  /// @param tokenSerial the serial of the verifier token in use
  /// @param epochs the epochs whose book key the verifier token holds
  /// @param catalogue the name of the catalogue in use, for example `v1`
  /// @param catalogueDigest its SHA-256, 64 hex digits
  public record Trust(
      X509Certificate issuer,
      String tokenSerial,
      Set<EpochId> epochs,
      String catalogue,
      String catalogueDigest) {
    public Trust {
      epochs = Set.copyOf(epochs);
    }
  }

  public BundleImport(Store store, Trust trust, InstantSource time) {
    this.store = store;
    this.trust = trust;
    this.time = time;
  }

  /// Verifies the whole file, then imports it. Interrupted, the same call goes on where it stopped.
  ///
  /// @param bundle the file
  /// @param progress is told how many cards are done, after each chunk
  /// @throws BundleRefused if nothing of it was or will be imported
  /// @throws IOException if the file cannot be read
  public ImportResult run(Path bundle, LongConsumer progress) throws BundleRefused, IOException {
    throw new UnsupportedOperationException(
        "not built yet: " + java.util.Objects.hash(store, trust, time, bundle, progress));
  }
}
