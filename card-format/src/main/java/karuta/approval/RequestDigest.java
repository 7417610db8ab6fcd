package karuta.approval;

import java.math.BigInteger;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.catalogue.Picture;
import karuta.digest.Sha256;

/// SHA-256 of a request, in forms that people can compare: in hex, and as eight words, the names of pictures.
///
/// The catalogue is frozen and has 512 pictures, so a word is 9 bits, and the eight are the first 72. That is enough
/// against another request that somebody finds for these words, and not against two that the same person makes for each
/// other (2^36 tries): so each who signs reads the text on their own screen, and the words only say that all have the
/// same one.
///
/// @param hex 64 lower-case digits
public record RequestDigest(String hex) {
  private static final int WORDS = 8;
  private static final int BITS = 9;
  private static final int ALL_BITS = 256;
  private static final int TYPED_HEX = 32;

  public RequestDigest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a digest is 64 hexadecimal digits");
    }
  }

  static RequestDigest of(byte[] request) {
    return new RequestDigest(Sha256.hex(request));
  }

  /// In sixteen groups of four.
  public String groups() {
    return hex.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /// The pictures whose names are read out, in order.
  public List<Picture> pictures() {
    var number = new BigInteger(1, HexFormat.of().parseHex(hex));
    return IntStream.rangeClosed(1, WORDS)
        .map(word -> number.shiftRight(ALL_BITS - word * BITS).intValue() & (PictureId.COUNT - 1))
        .mapToObj(picture -> Catalogue.v1().picture(new PictureId(picture)))
        .toList();
  }

  /// The words, with commas between.
  public String english() {
    return words(Picture::en, ", ");
  }

  /// The words in Japanese.
  public String japanese() {
    return words(Picture::ja, "、");
  }

  /// All forms, one a line, for whoever reads them out.
  public List<String> lines() {
    return List.of("words:  " + english(), "        " + japanese(), "digest: " + groups());
  }

  private String words(Function<Picture, String> label, String between) {
    return pictures().stream().map(label).collect(Collectors.joining(between));
  }

  /// Whether somebody means this one by what they typed: all words in one language, or the first 32 digits or more.
  /// Spaces, commas, hyphens and capitals do not matter.
  public boolean meantBy(String typed) {
    var letters = letters(typed);
    return Stream.of(english(), japanese()).map(RequestDigest::letters).anyMatch(letters::equals)
        || (letters.length() >= TYPED_HEX && hex.startsWith(letters));
  }

  private static String letters(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s,、.・-]", "");
  }
}
