package karuta.server.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import karuta.server.token.AnswerToken;

/// Signs JSON objects: compact JWS (RFC 7515) with ES256, by a receipt key that never leaves the token.
public final class Jws {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private Jws() {}

  /// Writes the members of an object.
  @FunctionalInterface
  public interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  /// Signs.
  ///
  /// @param type the `typ`, so that no signed thing is taken for another kind (RFC 8725 section 3.11)
  /// @throws karuta.server.token.TokenUnavailable if the token gives no signature
  public static String sign(AnswerToken token, String type, Members payload) {
    var key = token.signingKey();
    var header =
        object(
            out -> {
              out.writeStringField("alg", "ES256");
              out.writeStringField("kid", Jwk.of(key.publicKey()).thumbprint());
              out.writeStringField("typ", type);
            });
    var signed = header + "." + object(payload);
    return signed
        + "."
        + Jwk.base64url(token.sign(key, signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String object(Members members) {
    var bytes = new ByteArrayOutputStream();
    try (var out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Jwk.base64url(bytes.toByteArray());
  }
}
