package karuta.demobank.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/// Style and script, at addresses that contain a digest of their content, so that a browser may keep them for ever.
public final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "bank.css", "text/css; charset=utf-8",
          "bank.js", "text/javascript; charset=utf-8",
          "mark.svg", "image/svg+xml");

  private final Map<String, Buffer> contents =
      Map.of(
          "bank.css", load("bank.css"), "bank.js", load("bank.js"), "mark.svg", load("mark.svg"));

  /// The address of an asset; templates call it.
  public String at(String name) {
    return "/assets/" + digest(Objects.requireNonNull(contents.get(name))) + "/" + name;
  }

  void serve(RoutingContext context) {
    var name = Objects.requireNonNull(context.pathParam("name"));
    var content = contents.get(name);
    if (content == null || !at(name).equals(context.request().path())) {
      context.response().setStatusCode(404).end();
      return;
    }
    context
        .response()
        .putHeader("Content-Type", Objects.requireNonNull(TYPES.get(name)))
        .putHeader("Cache-Control", "public, max-age=31536000, immutable")
        .end(content);
  }

  private static Buffer load(String name) {
    try (var in = Assets.class.getResourceAsStream("/karuta/demobank/assets/" + name)) {
      return Buffer.buffer(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("an asset cannot be read", e);
    }
  }

  private static String digest(Buffer content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
