package karuta.provisioning.print;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.card.BatchId;
import karuta.fields.Fields;
import karuta.provisioning.print.PrintJobException.Reason;

/// What a print job says of itself: enough to print it without asking, and to notice whatever is missing.
///
/// @param job the job's name, the same for the same batch, time and bureau
/// @param batch the batch its cards belong to
/// @param cards how many cards
/// @param serialsDigest SHA-256 over the cards' numbers in order, each with a line feed
/// @param chain the last link of [RecordChain]
/// @param template the card's design, [Design]
/// @param catalogue the pictures' catalogue and its digest
/// @param fonts SHA-256 over the font files
/// @param bureau SHA-256 over the certificate the job is for: a job that somebody encrypts anew to another bureau is
///     refused
/// @param createdAt the batch's time
/// @param notAfter the last moment at which it may be printed
/// @param copies how often each card may be printed
/// @param files every other file in the job, in order
public record JobManifest(
    String job,
    BatchId batch,
    long cards,
    String serialsDigest,
    String chain,
    Named template,
    Named catalogue,
    String fonts,
    String bureau,
    Instant createdAt,
    Instant notAfter,
    int copies,
    List<JobFile> files) {
  static final String FORMAT = "karuta print job v1";
  public static final String NAME = "manifest.json";
  private static final int MOST_FILES = 100_000;
  private static final JsonFactory JSON = new JsonFactory();

  public JobManifest {
    files = List.copyOf(files);
  }

  /// Something with a name and the SHA-256 that says exactly which.
  public record Named(String name, String digest) {}

  byte[] toJson() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("job", job);
      json.writeStringField("batch", batch.value());
      json.writeNumberField("cards", cards);
      json.writeStringField("serialsDigest", serialsDigest);
      json.writeStringField("chain", chain);
      json.writeStringField("template", template.name());
      json.writeStringField("templateDigest", template.digest());
      json.writeStringField("catalogue", catalogue.name());
      json.writeStringField("catalogueDigest", catalogue.digest());
      json.writeStringField("fontsDigest", fonts);
      json.writeStringField("bureau", bureau);
      json.writeStringField("createdAt", createdAt.toString());
      json.writeStringField("notAfter", notAfter.toString());
      json.writeNumberField("copies", copies);
      json.writeArrayFieldStart("files");
      for (var file : files) {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeNumberField("bytes", file.bytes());
        json.writeStringField("sha256", file.sha256());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /// @throws PrintJobException if this is no manifest, or one of another format
  static JobManifest parse(byte[] json) throws PrintJobException {
    try {
      var fields = Fields.parse(json);
      if (!fields.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("field 'format' must be '" + FORMAT + "'");
      }
      var manifest =
          new JobManifest(
              fields.text("job"),
              new BatchId(fields.text("batch")),
              fields.number("cards"),
              fields.text("serialsDigest"),
              fields.text("chain"),
              new Named(fields.text("template"), fields.text("templateDigest")),
              new Named(fields.text("catalogue"), fields.text("catalogueDigest")),
              fields.text("fontsDigest"),
              fields.text("bureau"),
              Instant.parse(fields.text("createdAt")),
              Instant.parse(fields.text("notAfter")),
              fields.smallNumber("copies"),
              files(fields.list("files", MOST_FILES)));
      fields.end();
      return manifest;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new PrintJobException(
          Reason.DAMAGED, "the manifest of the print job is wrong: " + e.getMessage(), e);
    }
  }

  private static List<JobFile> files(List<Object> objects) {
    var files = new ArrayList<JobFile>(objects.size());
    for (var object : objects) {
      var fields = Fields.of(object, "files");
      files.add(new JobFile(fields.text("name"), fields.number("bytes"), fields.text("sha256")));
      fields.end();
    }
    return files;
  }
}
