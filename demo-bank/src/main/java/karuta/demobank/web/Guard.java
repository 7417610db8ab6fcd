package karuta.demobank.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What keeps other sites out: the headers of every page, the token of every form, and the names this site answers to.
///
/// The policy allows no inline code, no inline style and no other origin at all. The session cookie is
/// `SameSite=Strict` and `HttpOnly` (see [Site]); the form token is a second lock for browsers that get that wrong
/// (OWASP, synchroniser token).
final class Guard {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final SecureRandom random;

  Guard(SecureRandom random) {
    this.random = random;
  }

  /// Refuses a foreign name (a rebound DNS name would make another site same-origin) and sets the headers.
  void headers(RoutingContext context) {
    var authority = context.request().authority();
    if (authority == null || !NAMES.contains(authority.host())) {
      context.response().setStatusCode(421).end();
      return;
    }
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        .putHeader("Cache-Control", "no-store");
    context.next();
  }

  /// A PDF is opened in a window of its own, where the browser's viewer is an object of its page.
  static void allowViewer(RoutingContext context) {
    context.response().putHeader("Content-Security-Policy", POLICY + "; object-src 'self'");
  }

  /// Refuses a change that does not come from a form of the visitor's own session.
  void forms(RoutingContext context) {
    if (context.request().method().equals(HttpMethod.POST)
        && !matches(
            token(Objects.requireNonNull(context.session())),
            context.request().getFormAttribute("csrf"))) {
      context.fail(403);
      return;
    }
    context.next();
  }

  /// The token of the visitor's forms.
  String token(Session session) {
    String token = session.get("csrf");
    if (token == null) {
      var bytes = new byte[16];
      random.nextBytes(bytes);
      token = HexFormat.of().formatHex(bytes);
      session.put("csrf", token);
    }
    return token;
  }

  private static boolean matches(String expected, @Nullable String given) {
    return given != null && MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
