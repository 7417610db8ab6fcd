package karuta.server.api;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.catalogue.Picture;
import karuta.catalogue.PictureSheet;

/// The pictures of the catalogue, each at an address made of its content's digest, and all of them in one file, the
/// sheet, at such an address, too: what is there once is there for ever, so it may be kept for ever.
///
/// An address says nothing about palettes or cards: all 512 are the same for everybody.
public final class Pictures {
  private static final String PREFIX = "/v1/pictures/";
  private static final Map<String, String> HEADERS =
      Map.of(
          "cache-control", "public, max-age=31536000, immutable",
          "content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          "cross-origin-resource-policy", "cross-origin");

  private final Catalogue catalogue;
  private final Map<String, Buffer> byPath;
  private final String sheetPath;

  /// Takes every picture into memory twice, about 1.5 MB, and so finds a damaged one at the start.
  public Pictures(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.byPath = new HashMap<>();
    var files = catalogue.files();
    files.forEach((picture, svg) -> byPath.put(path(picture), Buffer.buffer(svg)));
    var sheet = PictureSheet.of(files);
    this.sheetPath = PREFIX + "sheet-" + sheet.sha256() + ".svg";
    byPath.put(sheetPath, Buffer.buffer(sheet.svg()));
  }

  /// The picture with that number.
  Picture picture(PictureId id) {
    return catalogue.picture(id);
  }

  /// Where a picture is served.
  static String path(Picture picture) {
    return PREFIX + picture.sha256() + ".svg";
  }

  /// Where all of them are served in one file.
  String sheetPath() {
    return sheetPath;
  }

  public Page page() {
    return new Page(
        Pattern.compile(Pattern.quote(PREFIX) + "[^/]+"),
        path -> {
          var svg = byPath.get(path);
          if (svg == null) {
            throw new CallRefused(Code.PICTURE_NOT_FOUND);
          }
          return new Page.Content("image/svg+xml", svg, HEADERS);
        });
  }
}
