package karuta.server.api;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.regex.Pattern;

/// The keys receipts verify under, at the address where JOSE libraries look for them. Read once: a key that comes or goes needs a
/// restart anyway.
///
/// @param jwks the JWK set as JSON text
public record ReceiptKeyPage(String jwks) {
  public Page page() {
    var content =
        new Page.Content(
            "application/jwk-set+json",
            Buffer.buffer(jwks),
            Map.of("cache-control", "public, max-age=300"));
    return new Page(Pattern.compile(Pattern.quote("/.well-known/jwks.json")), _ -> content);
  }
}
