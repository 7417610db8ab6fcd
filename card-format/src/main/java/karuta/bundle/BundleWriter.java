package karuta.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import karuta.card.Profile;
import karuta.digest.Sha256;

/// Writes a body line by line, in memory of one line. A body is complete only after [#finish]; what is written before
/// that lacks its trailer, and no reader takes it.
public final class BundleWriter {
  private final JsonFactory json = JsonFactory.builder().build();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(16 * 1024);
  private final MessageDigest digest = Sha256.start();
  private final OutputStream out;
  private final Profile profile;
  private final long expected;
  private long cards;
  private boolean finished;

  /// Writes the manifest at once. The stream stays the caller's to close.
  public BundleWriter(OutputStream out, BundleManifest manifest) throws IOException {
    this.out = out;
    this.profile = manifest.profile();
    this.expected = manifest.cards();
    try (var g = json.createGenerator(line)) {
      g.writeStartObject();
      g.writeStringField("format", BundleManifest.FORMAT);
      g.writeStringField("batch", manifest.batch().value());
      g.writeNumberField("sequence", manifest.sequence());
      g.writeStringField("previous", manifest.previous());
      g.writeStringField("epoch", manifest.epoch().value());
      g.writeStringField("token", manifest.token());
      g.writeStringField("catalogue", manifest.catalogue());
      g.writeStringField("catalogueDigest", manifest.catalogueDigest());
      g.writeStringField("profile", manifest.profile().label());
      g.writeNumberField("cards", manifest.cards());
      g.writeStringField("createdAt", manifest.createdAt().toString());
      g.writeEndObject();
    }
    endLine();
  }

  /// Writes one card.
  ///
  /// @throws IllegalStateException if the card is of another profile, or one more than the manifest says
  public void add(CardBook book) throws IOException {
    if (finished || cards == expected || book.profile() != profile) {
      throw new IllegalStateException("the card does not fit the bundle's manifest");
    }
    try (var g = json.createGenerator(line)) {
      g.writeStartObject();
      g.writeStringField("subject", book.subject().value());
      g.writeStringField("serial", book.card().serial().digits());
      g.writeNumberField("generation", book.card().generation().value());
      g.writeStringField("profile", book.profile().label());
      g.writeBinaryField("seed", book.seed().toBytes());
      g.writeArrayFieldStart("draws");
      for (var draw : book.draws()) {
        write(g, draw);
      }
      g.writeEndArray();
      g.writeEndObject();
    }
    cards++;
    endLine();
  }

  /// Writes the trailer and flushes the stream.
  ///
  /// @throws IllegalStateException if fewer cards were written than the manifest says
  public BundleSummary finish() throws IOException {
    if (finished || cards != expected) {
      throw new IllegalStateException(cards + " cards of " + expected + " are written");
    }
    finished = true;
    try (var g = json.createGenerator(line)) {
      g.writeStartObject();
      g.writeNumberField("cards", cards);
      g.writeStringField("linesDigest", Sha256.hexSoFar(digest));
      g.writeEndObject();
    }
    endLine();
    out.flush();
    return new BundleSummary(cards, Sha256.hex(digest));
  }

  private static void write(JsonGenerator g, DrawRecord draw) throws IOException {
    g.writeStartObject();
    g.writeNumberField("n", draw.number());
    g.writeArrayFieldStart("cells");
    for (var cell : draw.cells()) {
      g.writeNumber(cell.index());
    }
    g.writeEndArray();
    g.writeBinaryField("tag", draw.tag());
    g.writeEndObject();
  }

  private void endLine() throws IOException {
    line.write('\n');
    if (line.size() > BundleReader.MAX_LINE) {
      throw new IllegalStateException("a line of a bundle is longer than readers take");
    }
    var bytes = line.toByteArray();
    digest.update(bytes);
    out.write(bytes);
    line.reset();
  }
}
