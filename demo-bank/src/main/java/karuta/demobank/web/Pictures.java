package karuta.demobank.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import karuta.client.Refused;
import karuta.demobank.api.FrontEnd;

/// Passes the server's pictures on, so that a page asks no other host for anything. A picture's address is the SHA-256 of
/// its bytes: it never changes, and the 512 of a catalogue are kept once fetched.
final class Pictures {
  private static final Pattern NAME = Pattern.compile("(?:.*/)?([0-9a-f]{64})\\.svg");
  private static final int KEPT = 1_024;

  private final FrontEnd frontEnd;
  private final Map<String, Buffer> kept = new ConcurrentHashMap<>();

  Pictures(FrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  /// Where this site shows the picture the server has at `url`.
  ///
  /// @throws IllegalArgumentException if that is not the address of a picture
  static String here(String url) {
    var name = NAME.matcher(url);
    if (!name.matches()) {
      throw new IllegalArgumentException("not the address of a picture");
    }
    return "/pictures/" + name.group(1) + ".svg";
  }

  void serve(RoutingContext context) {
    var name = NAME.matcher(Objects.requireNonNull(context.pathParam("name")));
    if (!name.matches()) {
      context.response().setStatusCode(404).end();
      return;
    }
    Buffer picture;
    try {
      picture = picture(name.group(1));
    } catch (Refused _) {
      context.response().setStatusCode(404).end();
      return;
    }
    context
        .response()
        .putHeader("Content-Type", "image/svg+xml")
        .putHeader("Cache-Control", "public, max-age=31536000, immutable")
        .end(picture);
  }

  private Buffer picture(String sha256) {
    var known = kept.get(sha256);
    if (known != null) {
      return known;
    }
    var fetched = frontEnd.picture(sha256);
    if (kept.size() < KEPT) {
      kept.put(sha256, fetched);
    }
    return fetched;
  }
}
