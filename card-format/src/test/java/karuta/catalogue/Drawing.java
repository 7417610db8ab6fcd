package karuta.catalogue;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Objects;

/// A picture as it stands on a white card.
final class Drawing {
  private Drawing() {}

  static BufferedImage render(Picture picture, int size) {
    var document =
        Objects.requireNonNull(
            new SVGLoader()
                .load(new ByteArrayInputStream(picture.svg()), null, LoaderContext.createDefault()),
            picture::ja);
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, size, size);
    document.render((Component) null, g, new ViewBox(0, 0, size, size));
    g.dispose();
    return image;
  }
}
