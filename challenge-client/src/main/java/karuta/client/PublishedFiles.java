package karuta.client;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/// What the server publishes over HTTP beside its calls: pictures, the keys that receipts verify under, its
/// description.
///
/// Waits for replies, as [KarutaClient] does.
public final class PublishedFiles implements AutoCloseable {
  private final RestTransport transport;

  public PublishedFiles(Vertx vertx, Endpoint endpoint) {
    this.transport = new RestTransport(vertx, endpoint);
  }

  /// A picture or the sheet of all pictures, SVG.
  ///
  /// @param pictureUrl as a choice names it, or a challenge its sheet
  public Buffer picture(String pictureUrl) {
    return get(pictureUrl);
  }

  /// The keys of `/.well-known/jwks.json` (RFC 7517). What a receipt is trusted by should be fetched at the key
  /// ceremony and kept, not fetched beside the receipt.
  ///
  /// @throws Unavailable if they cannot be read
  public JWKSet receiptKeys() {
    try {
      return JWKSet.parse(get("/.well-known/jwks.json").toString(StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw Unavailable.unheard("receipt keys that cannot be read", e);
    }
  }

  /// The OpenAPI description, YAML.
  public String openApi() {
    return get("/openapi.yaml").toString(StandardCharsets.UTF_8);
  }

  private Buffer get(String path) {
    return KarutaClient.await(transport.get(path));
  }

  @Override
  public void close() {
    transport.close();
  }
}
