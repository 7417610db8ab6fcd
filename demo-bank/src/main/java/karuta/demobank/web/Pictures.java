package karuta.demobank.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import karuta.client.Refused;
import karuta.demobank.api.FrontEnd;
import karuta.v1.Challenge;
import karuta.v1.Choice;

/// Passes the server's sheet of pictures on, so that a page asks no other host for anything, and asks once for all of
/// them. A sheet's address has the SHA-256 of its bytes: it never changes, and it is kept once fetched.
public final class Pictures {
  private static final Pattern SHEET = Pattern.compile("(?:.*/)?(sheet-[0-9a-f]{64}\\.svg)");
  private static final Pattern PICTURE = Pattern.compile("(?:.*/)?([0-9a-f]{64})\\.svg");
  private static final int KEPT = 4;

  /// A sheet, and packed for the way: about a third.
  private record Sheet(Buffer plain, Buffer packed) {}

  private final FrontEnd frontEnd;
  private final Map<String, Sheet> kept = new ConcurrentHashMap<>();
  private volatile String last = "";

  Pictures(FrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  /// Where this site has the sheet of a challenge.
  ///
  /// @throws IllegalArgumentException if it names none
  static String sheet(Challenge challenge) {
    return "/pictures/" + part(SHEET, challenge.getPictureSheetUrl());
  }

  /// The id of a choice's picture in the sheet.
  ///
  /// @throws IllegalArgumentException if it names none
  static String symbol(Choice choice) {
    return "p" + part(PICTURE, choice.getPictureUrl());
  }

  private static String part(Pattern address, String url) {
    var found = address.matcher(url);
    if (!found.matches()) {
      throw new IllegalArgumentException("not the address of pictures");
    }
    return found.group(1);
  }

  /// The sheet of the last question, for pages before the next one to fetch; empty before the first. Templates call it.
  public String expected() {
    return last;
  }

  void serve(RoutingContext context) {
    var name = Objects.requireNonNull(context.pathParam("name"));
    if (!SHEET.matcher(name).matches()) {
      context.response().setStatusCode(404).end();
      return;
    }
    Sheet sheet;
    try {
      sheet = fetched(name);
    } catch (Refused _) {
      context.response().setStatusCode(404).end();
      return;
    }
    last = "/pictures/" + name;
    var response =
        context
            .response()
            .putHeader("Content-Type", "image/svg+xml")
            .putHeader("Cache-Control", "public, max-age=31536000, immutable")
            .putHeader("Vary", "Accept-Encoding");
    if (Objects.requireNonNullElse(context.request().getHeader("Accept-Encoding"), "")
        .contains("gzip")) {
      response.putHeader("Content-Encoding", "gzip").end(sheet.packed());
    } else {
      response.end(sheet.plain());
    }
  }

  private Sheet fetched(String name) {
    var known = kept.get(name);
    if (known != null) {
      return known;
    }
    var plain = frontEnd.pictures(name);
    var sheet = new Sheet(plain, packed(plain));
    if (kept.size() < KEPT) {
      kept.put(name, sheet);
    }
    return sheet;
  }

  private static Buffer packed(Buffer plain) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(packed.toByteArray());
  }
}
