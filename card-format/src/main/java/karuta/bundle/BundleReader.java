package karuta.bundle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import karuta.digest.Sha256;
import org.jspecify.annotations.Nullable;

/// Reads a body line by line, in memory of one line, and takes nothing that the format does not name: an unknown,
/// missing, doubled or oversized field, a card too many or too few, a byte after the trailer, a wrong digest are all
/// errors that name the line.
///
/// Reading goes: [#manifest], [#next] until it is empty, then [#summary]. The cards [#next] gave are only worth keeping
/// once it was empty, because only then count and digest are known to be right.
///
/// ```java
/// var reader = new BundleReader(in);
/// for (var card = reader.next(); card.isPresent(); card = reader.next()) { ... }
/// var digest = reader.summary().contentDigest();
/// ```
public final class BundleReader {
  /// The longest line taken, in bytes with its line feed: a standard book takes about 8,000.
  public static final int MAX_LINE = 64 * 1024;

  private final InputStream in;
  private final MessageDigest digest = Sha256.start();
  private final BundleManifest manifest;
  private long line;
  private long cards;
  private @Nullable BundleSummary summary;

  /// Reads the manifest at once. The stream stays the caller's to close.
  ///
  /// @throws BundleException if the first line is not a manifest
  public BundleReader(InputStream in) throws IOException {
    this.in = new BufferedInputStream(in, MAX_LINE);
    var bytes = readLine();
    this.manifest = BundleLines.manifest(line, bytes);
    digest(bytes);
  }

  public BundleManifest manifest() {
    return manifest;
  }

  /// The number of the line read last, 1-based; the manifest is line 1.
  public long line() {
    return line;
  }

  /// The next card, or empty when all were read and the trailer is right.
  ///
  /// @throws BundleException naming the line and the field
  public Optional<CardBook> next() throws IOException {
    if (summary != null) {
      return Optional.empty();
    }
    var bytes = readLine();
    if (cards == manifest.cards()) {
      readTrailer(bytes);
      return Optional.empty();
    }
    var book = BundleLines.card(line, bytes);
    if (book.profile() != manifest.profile()) {
      throw new BundleException(line, "field 'profile' is not the manifest's");
    }
    cards++;
    digest(bytes);
    return Optional.of(book);
  }

  /// Count and content digest.
  ///
  /// @throws IllegalStateException before [#next] was empty
  public BundleSummary summary() {
    if (summary == null) {
      throw new IllegalStateException("the bundle is not read to its end");
    }
    return summary;
  }

  private void readTrailer(byte[] bytes) throws IOException {
    var trailer = BundleLines.trailer(line, bytes);
    if (trailer.cards() != cards) {
      throw new BundleException(
          line, "field 'cards' says " + trailer.cards() + ", the manifest says " + cards);
    }
    if (!Sha256.hexSoFar(digest).equals(trailer.contentDigest())) {
      throw new BundleException(line, "field 'linesDigest' is not the digest of the lines before");
    }
    digest(bytes);
    if (in.read() >= 0) {
      throw new BundleException(line + 1, "something follows the trailer");
    }
    summary = new BundleSummary(cards, Sha256.hex(digest));
  }

  private void digest(byte[] bytes) {
    digest.update(bytes);
    digest.update((byte) '\n');
  }

  private byte[] readLine() throws IOException {
    line++;
    var bytes = new ByteArrayOutputStream(8 * 1024);
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new BundleException(line, "the bundle ends before its trailer");
      }
      if (bytes.size() + 2 > MAX_LINE) {
        throw new BundleException(line, "longer than " + MAX_LINE + " bytes");
      }
      bytes.write(b);
    }
    return bytes.toByteArray();
  }
}
