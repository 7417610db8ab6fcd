package karuta.provisioning.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import karuta.card.BatchId;
import karuta.card.Serial;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.document.SignedData;
import karuta.document.SignedDocument;
import karuta.fields.Fields;
import org.jspecify.annotations.Nullable;

/// What the bureau says when a job is done: every card of it, printed or spoiled. The issuer holds it against the batch
/// before cards are mailed; a spoiled card's number is retired and a new card made, never a second copy.
///
/// A signed file of JSON lines: what it is about, then one line for each card.
///
/// @param manifestDigest SHA-256 over the job's manifest: which job exactly
/// @param at when the report was made
public record PrintReport(
    String job,
    BatchId batch,
    String manifestDigest,
    Instant at,
    List<Serial> printed,
    List<Serial> spoiled) {
  private static final String FORMAT = "karuta print report v1";
  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  /// Why a certificate is of no use for reports.
  public static final String MAY_NOT_SIGN =
      "the bureau's certificate does not allow digitalSignature, so nothing can be signed with its key; ask for one that does";

  private static final int DIGITAL_SIGNATURE = 0;

  /// Whether a certificate's key usage, if it says any (RFC 5280, 4.2.1.3), allows signatures.
  public static boolean maySign(X509Certificate certificate) {
    var usage = certificate.getKeyUsage();
    return usage == null || usage[DIGITAL_SIGNATURE];
  }

  public PrintReport {
    printed = List.copyOf(printed);
    spoiled = List.copyOf(spoiled);
  }

  public void write(OutputStream out, DocumentSigner signer) throws IOException {
    try (var document = SignedDocument.write(out, signer);
        var json = JSON.createGenerator(document)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("job", job);
      json.writeStringField("batch", batch.value());
      json.writeStringField("manifest", manifestDigest);
      json.writeStringField("at", at.toString());
      json.writeNumberField("cards", printed.size() + spoiled.size());
      json.writeEndObject();
      cards(json, printed, "printed");
      cards(json, spoiled, "spoiled");
      json.writeRaw('\n');
    }
  }

  private static void cards(JsonGenerator json, List<Serial> serials, String state)
      throws IOException {
    for (var serial : serials) {
      json.writeRaw('\n');
      json.writeRaw("{\"serial\":\"" + serial + "\",\"state\":\"" + state + "\"}");
    }
  }

  /// Reads a report signed by the bureau's key.
  ///
  /// @throws DocumentException if it is damaged, names a card twice, or was signed by another key
  public static PrintReport read(InputStream in, X509Certificate bureau) throws IOException {
    if (!maySign(bureau)) {
      throw new DocumentException(MAY_NOT_SIGN);
    }
    return SignedData.verify(in, bureau, PrintReport::parse);
  }

  private static PrintReport parse(InputStream content) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    try {
      var head = Fields.parse(bytes(lines.readLine()));
      if (!head.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("field 'format' must be '" + FORMAT + "'");
      }
      var printed = new ArrayList<Serial>();
      var spoiled = new ArrayList<Serial>();
      var report =
          new Head(
              head.text("job"),
              new BatchId(head.text("batch")),
              head.text("manifest"),
              Instant.parse(head.text("at")),
              head.number("cards"));
      head.end();
      Set<Serial> seen = new LinkedHashSet<>();
      for (var n = 0L; n < report.cards(); n++) {
        var card = Fields.parse(bytes(lines.readLine()));
        var serial = new Serial(card.text("serial"));
        switch (card.text("state")) {
          case "printed" -> printed.add(serial);
          case "spoiled" -> spoiled.add(serial);
          default -> throw new IllegalArgumentException("a card is 'printed' or 'spoiled'");
        }
        card.end();
        if (!seen.add(serial)) {
          throw new IllegalArgumentException("a card comes twice: " + serial);
        }
      }
      if (lines.readLine() != null) {
        throw new IllegalArgumentException("there are more cards than the report counts");
      }
      return new PrintReport(
          report.job(), report.batch(), report.manifestDigest(), report.at(), printed, spoiled);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new DocumentException("the print report is wrong: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(@Nullable String line) {
    if (line == null) {
      throw new IllegalArgumentException("it ends too early");
    }
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private record Head(String job, BatchId batch, String manifestDigest, Instant at, long cards) {}
}
