package karuta.server.api;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The public keys of the guard, as JWK sets (RFC 7517): those for receipts at the address where JOSE libraries look
/// for them, those for audit seals beside it. The server has no keys of its own, so it can publish none before it has
/// reached the guard once.
public final class KeyPages {
  private KeyPages() {}

  /// The keys receipts verify under.
  ///
  /// @param keys the set as JSON text; none as long as it is not known
  public static Page receiptKeys(Supplier<Optional<String>> keys) {
    return page("/.well-known/jwks.json", keys);
  }

  /// The keys audit seals verify under.
  ///
  /// @param keys the set as JSON text; none as long as it is not known
  public static Page sealKeys(Supplier<Optional<String>> keys) {
    return page("/.well-known/seal-keys.json", keys);
  }

  private static Page page(String path, Supplier<Optional<String>> keys) {
    return new Page(
        Pattern.compile(Pattern.quote(path)),
        _ ->
            new Page.Content(
                "application/jwk-set+json",
                Buffer.buffer(
                    keys.get().orElseThrow(() -> new CallRefused(Code.TOKEN_UNAVAILABLE))),
                Map.of("cache-control", "public, max-age=300")));
  }
}
