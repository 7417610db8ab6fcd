package karuta.provisioning.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.card.BatchId;
import karuta.card.Profile;
import karuta.document.DocumentException;
import karuta.document.NewFile;
import karuta.fields.Fields;
import karuta.provisioning.print.PrintJob;

/// `batch.json`: what a batch made, and where each verifier token's row of bundles now ends. The next batch continues
/// from it. It holds no secret and is not signed: a wrong one makes bundles that the server refuses by their sequence.
///
/// @param batch the batch
/// @param profile the profile of its cards
/// @param cards how many
/// @param createdAt when
/// @param printJob what the bureau's report must name
/// @param chain the last bundle of every verifier token so far, also of those this batch does not serve
public record BatchRecord(
    BatchId batch,
    Profile profile,
    long cards,
    Instant createdAt,
    PrintJob.Finished printJob,
    List<Link> chain) {
  /// The record's file name in a batch's directory.
  public static final String FILE = "batch.json";

  private static final String FORMAT = "karuta batch v1";
  private static final int MAX_TOKENS = 100;
  private static final int MAX_BYTES = 64 * 1024;

  public BatchRecord {
    chain = List.copyOf(chain);
  }

  /// The last bundle made for a token.
  ///
  /// @param token the verifier token's serial
  /// @param epoch the epoch of that bundle
  /// @param sequence its number
  /// @param contentDigest its content digest, 64 hex digits
  /// @param batch the batch it belongs to
  public record Link(
      String token, String epoch, long sequence, String contentDigest, BatchId batch) {}

  /// The last bundle of a token, empty if it never had one.
  public Optional<Link> last(String token) {
    return chain.stream().filter(link -> link.token().equals(token)).findFirst();
  }

  /// Reads a record.
  ///
  /// @throws DocumentException if it is not one
  public static BatchRecord read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    try {
      var fields = Fields.parse(bytes);
      if (!fields.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("field 'format' must be '" + FORMAT + "'");
      }
      var record =
          new BatchRecord(
              fields.as("batch", BatchId::new),
              fields.as("profile", Profile::parse),
              fields.number("cards"),
              fields.as("createdAt", Instant::parse),
              new PrintJob.Finished(fields.text("printJob"), fields.text("printManifest")),
              fields.list("chain", MAX_TOKENS).stream().map(BatchRecord::link).toList());
      fields.end();
      return record;
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": not a batch record: " + e.getMessage(), e);
    }
  }

  private static Link link(Object object) {
    var fields = Fields.of(object, "chain");
    var link =
        new Link(
            fields.text("token"),
            fields.text("epoch"),
            fields.number("sequence"),
            fields.text("contentDigest"),
            fields.as("batch", BatchId::new));
    fields.end();
    return link;
  }

  /// Writes the record to a new file.
  void write(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var g = new JsonFactory().createGenerator(bytes)) {
      g.setPrettyPrinter(new DefaultPrettyPrinter());
      g.writeStartObject();
      g.writeStringField("format", FORMAT);
      g.writeStringField("batch", batch.value());
      g.writeStringField("profile", profile.label());
      g.writeNumberField("cards", cards);
      g.writeStringField("createdAt", createdAt.toString());
      g.writeStringField("printJob", printJob.job());
      g.writeStringField("printManifest", printJob.manifestDigest());
      g.writeArrayFieldStart("chain");
      for (var link : chain) {
        write(g, link);
      }
      g.writeEndArray();
      g.writeEndObject();
      g.writeRaw('\n');
    }
    NewFile.write(file, out -> bytes.writeTo(out));
  }

  private static void write(JsonGenerator g, Link link) throws IOException {
    g.writeStartObject();
    g.writeStringField("token", link.token());
    g.writeStringField("epoch", link.epoch());
    g.writeNumberField("sequence", link.sequence());
    g.writeStringField("contentDigest", link.contentDigest());
    g.writeStringField("batch", link.batch().value());
    g.writeEndObject();
  }
}
