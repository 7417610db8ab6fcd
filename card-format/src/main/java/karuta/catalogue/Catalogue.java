package karuta.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import karuta.card.PictureId;
import karuta.digest.Sha256;

/// The 512 pictures of catalogue v1, in order of their numbers. Immutable; loaded once, drawings are read when asked
/// for.
///
/// Both sides carry the same catalogue and say which by its [#digest()]: bundles and print jobs name it, so that a
/// picture number can never mean one thing on a card and another on a screen.
public final class Catalogue {
  static final String VERSION = "v1";

  private static final class Loaded {
    static final Catalogue V1 = new Catalogue(read());
  }

  private final List<Picture> pictures;
  private final Map<String, Picture> bySha256;
  private final String digest;

  private Catalogue(List<Picture> pictures) {
    this.pictures = pictures;
    this.bySha256 =
        pictures.stream()
            .collect(Collectors.toUnmodifiableMap(Picture::sha256, Function.identity()));
    this.digest = Sha256.hex(canonicalText(pictures).getBytes(UTF_8));
  }

  /// The catalogue of this release.
  ///
  /// @throws IllegalStateException when the index on the class path is missing or damaged
  public static Catalogue v1() {
    return Loaded.V1;
  }

  /// The name of this catalogue, as bundles and print jobs carry it: `v1`.
  public String version() {
    return VERSION;
  }

  /// SHA-256 over the canonical text of the index, 64 lower-case hexadecimal digits.
  ///
  /// The text is UTF-8. Its first line is `karuta catalogue v1`; one line per picture follows, in order of the numbers:
  /// number in decimal, SHA-256 of the file, code point, Japanese label, English label, group, with a tab between
  /// fields. Every line, the last one too, ends with a line feed. So the digest covers every drawing and every label.
  public String digest() {
    return digest;
  }

  /// All 512 pictures, each at the place of its number.
  public List<Picture> pictures() {
    return pictures;
  }

  /// Every picture with its file, in order of the numbers. Reads and checks all of them.
  ///
  /// @throws IllegalStateException when a file is missing or is not the one that was frozen
  public Map<Picture, byte[]> files() {
    var files = new LinkedHashMap<Picture, byte[]>();
    pictures.forEach(picture -> files.put(picture, picture.svg()));
    return files;
  }

  /// The picture with that number; every [PictureId] has one.
  public Picture picture(PictureId id) {
    return pictures.get(id.value());
  }

  /// The picture whose file has that SHA-256 (64 lower-case hexadecimal digits), or nothing: pictures are served under
  /// the digest of their bytes, so an address never says which number, and so which picture of a palette, it is about.
  public Optional<Picture> bySha256(String sha256) {
    return Optional.ofNullable(bySha256.get(sha256));
  }

  private static String canonicalText(List<Picture> pictures) {
    return pictures.stream()
        .map(
            p ->
                String.join(
                    "\t",
                    Integer.toString(p.id().value()),
                    p.sha256(),
                    p.codePoint(),
                    p.ja(),
                    p.en(),
                    p.group()))
        .collect(Collectors.joining("\n", "karuta catalogue " + VERSION + "\n", "\n"));
  }

  private static List<Picture> read() {
    var file = VERSION + "/index.tsv";
    try (var in = Catalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("catalogue index is missing: " + file);
      }
      return parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads an index: a heading, then one line per picture. Numbers must be dense and in order, because [#picture]
  /// counts on it.
  static List<Picture> parse(String index) {
    var pictures = index.lines().skip(1).map(Catalogue::picture).toList();
    if (pictures.size() != PictureId.COUNT) {
      throw new IllegalStateException(
          "catalogue index has " + pictures.size() + " pictures, not 512");
    }
    for (int i = 0; i < pictures.size(); i++) {
      if (pictures.get(i).id().value() != i) {
        throw new IllegalStateException("catalogue index is out of order at picture " + i);
      }
    }
    return pictures;
  }

  private static Picture picture(String line) {
    var field = line.split("\t", -1);
    if (field.length != 6) {
      throw new IllegalStateException(
          "catalogue index line has " + field.length + " fields, not 6");
    }
    var id = new PictureId(Integer.parseInt(field[0]));
    return new Picture(id, field[2], field[3], field[4], field[5], field[1]);
  }
}
