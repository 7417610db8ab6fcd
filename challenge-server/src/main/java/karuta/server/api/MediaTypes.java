package karuta.server.api;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bodies are read: `application/json`, with or without a charset, which can only be UTF-8 (RFC 8259 section
/// 8.1).
final class MediaTypes {
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?;?\\s*");

  private MediaTypes() {}

  /// Whether a request is gRPC, which has a transport of its own. gRPC-Web is not.
  static boolean isGrpc(@Nullable String contentType) {
    return contentType != null
        && (contentType.equals("application/grpc")
            || contentType.startsWith("application/grpc+")
            || contentType.startsWith("application/grpc;"));
  }

  /// A request without a body needs no type.
  ///
  /// @throws CallRefused with {@link Code#UNSUPPORTED_MEDIA_TYPE}
  static void requireJson(MultiMap headers) {
    var encoding = headers.get("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE);
    }
    var type = headers.get("content-type");
    if (type == null) {
      if (hasBody(headers)) {
        throw new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE);
      }
    } else if (!JSON.matcher(type.toLowerCase(Locale.ROOT).strip()).matches()) {
      throw new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  private static boolean hasBody(MultiMap headers) {
    var length = headers.get("content-length");
    return length == null ? headers.contains("transfer-encoding") : !length.equals("0");
  }
}
