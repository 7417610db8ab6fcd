package karuta.server.api;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Something fixed that every client may read: pictures, receipt keys, the OpenAPI document.
///
/// @param path which paths it answers to
/// @param content what it says, from memory: it runs on the event loop
public record Page(Pattern path, Function<String, Content> content) {
  /// What is sent.
  ///
  /// @param headers beyond the usual ones
  public record Content(String mediaType, Buffer body, Map<String, String> headers) {}
}
