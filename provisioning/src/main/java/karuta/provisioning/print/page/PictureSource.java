package karuta.provisioning.print.page;

import karuta.card.PictureId;

/// Where the drawing of a picture comes from: the catalogue.
@FunctionalInterface
public interface PictureSource {
  /// The picture as an SVG document, UTF-8.
  byte[] svg(PictureId picture);
}
