package karuta.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// An error as REST callers see it: `application/problem+json` (RFC 9457) with the stable `code` of docs/api.md.
/// Nothing of the request is repeated in it.
///
/// @param refused what went wrong
/// @param requestId finds the log line
public record Problem(CallRefused refused, String requestId) {
  /// RFC 9457, section 3.
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonFactory JSON = new JsonFactory();

  String toJson() {
    var code = refused.code();
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "urn:karuta:problem:" + code.wire());
      json.writeStringField("title", code.text());
      json.writeNumberField("status", code.http());
      json.writeStringField("code", code.wire());
      json.writeBooleanField("retryable", code.retryable());
      json.writeStringField("requestId", requestId);
      if (!refused.text().equals(code.text())) {
        json.writeStringField("detail", refused.text());
      }
      if (refused.field().isPresent()) {
        json.writeStringField("field", refused.field().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a writer in memory failed", e);
    }
    return text.toString();
  }
}
