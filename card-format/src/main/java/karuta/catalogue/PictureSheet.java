package karuta.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Pattern;
import karuta.digest.Sha256;

/// All pictures of a catalogue in one SVG file, for screens: a page that shows 64 of them for each cell asks for one
/// file and not for each. The file draws nothing by itself; it has a `symbol` for each picture, with the id `p` and the
/// picture's SHA-256, which `<use href="sheet.svg#p...">` shows (SVG 2, section 5.6).
public final class PictureSheet {
  private static final Pattern FILE =
      Pattern.compile(
          "<svg xmlns=\"http://www\\.w3\\.org/2000/svg\" viewBox=\"0 0 32 32\">(.*)</svg>\\s*",
          Pattern.DOTALL);

  private final byte[] svg;

  private PictureSheet(byte[] svg) {
    this.svg = svg;
  }

  /// The sheet of a catalogue; the same catalogue gives the same bytes.
  ///
  /// @param files every picture with its file, in order: [Catalogue#files]
  public static PictureSheet of(Map<Picture, byte[]> files) {
    var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for (var entry : files.entrySet()) {
      svg.append("<symbol id=\"")
          .append(symbol(entry.getKey()))
          .append("\" viewBox=\"0 0 32 32\">")
          .append(drawing(entry.getKey(), entry.getValue()))
          .append("</symbol>\n");
    }
    return new PictureSheet(svg.append("</svg>\n").toString().getBytes(UTF_8));
  }

  /// The id of a picture's symbol.
  public static String symbol(Picture picture) {
    return "p" + picture.sha256();
  }

  /// What stands inside the root of a picture's file.
  private static String drawing(Picture picture, byte[] bytes) {
    var file = FILE.matcher(new String(bytes, UTF_8));
    if (!file.matches()) {
      throw new IllegalStateException(
          "the root of picture " + picture.id().value() + " is another");
    }
    return file.group(1);
  }

  /// The file, UTF-8, about 0.7 MB.
  public byte[] svg() {
    return svg.clone();
  }

  /// SHA-256 of the file, 64 lower-case hexadecimal digits.
  public String sha256() {
    return Sha256.hex(svg);
  }
}
