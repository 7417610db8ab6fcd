package karuta.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import karuta.card.PictureId;
import karuta.digest.Sha256;

/// One picture of the catalogue: what it is called and which bytes it is.
///
/// @param id number in the catalogue, 0..511, frozen
/// @param codePoint the emoji it was drawn for, as lower-case hexadecimal code points joined by `-`, such as
///     `1f408-200d-2b1b`
/// @param ja Japanese label, at most 9 characters, unique in the catalogue even when kana are folded
/// @param en English label, unique in the catalogue
/// @param group the kind of thing, such as `animal-mammal`; for people who maintain the catalogue, not for customers
/// @param sha256 SHA-256 of the SVG file, 64 lower-case hexadecimal digits: the name under which it is served
public record Picture(
    PictureId id, String codePoint, String ja, String en, String group, String sha256) {

  /// The drawing: a complete SVG 1.1 file in UTF-8 with the view box `0 0 32 32` and plain fills only. No scripts, no
  /// references, no gradients, no transparency, so that every renderer and every press shows the same.
  ///
  /// The bytes are read on each call and handed out only when they match [#sha256()].
  ///
  /// @throws IllegalStateException when the file is missing or is not the one that was frozen
  public byte[] svg() {
    var file = Catalogue.VERSION + "/%03d.svg".formatted(id.value());
    try (var in = Picture.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("picture file is missing: " + file);
      }
      var bytes = in.readAllBytes();
      if (!Sha256.hex(bytes).equals(sha256)) {
        throw new IllegalStateException("picture file is not the frozen one: " + file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
