package karuta.provisioning.print.page;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Component;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import karuta.card.PictureId;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/// The pictures of one document as vector forms, each drawn once however many cards show it.
final class PictureForms {
  /// Width and height of a form in points.
  static final float SIDE = 32;

  private static final LoaderContext NOTHING_EXTERNAL =
      LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build();

  private final PDDocument document;
  private final PictureSource pictures;
  private final SVGLoader loader = new SVGLoader();
  private final Map<PictureId, PDFormXObject> forms = new HashMap<>();

  PictureForms(PDDocument document, PictureSource pictures) {
    this.document = document;
    this.pictures = pictures;
  }

  PDFormXObject form(PictureId picture) throws IOException {
    var form = forms.get(picture);
    if (form == null) {
      form = draw(picture);
      forms.put(picture, form);
    }
    return form;
  }

  private PDFormXObject draw(PictureId picture) throws IOException {
    var svg = loader.load(new ByteArrayInputStream(pictures.svg(picture)), null, NOTHING_EXTERNAL);
    if (svg == null) {
      throw new IOException("picture " + picture.value() + " of the catalogue cannot be drawn");
    }
    var graphics = new PdfBoxGraphics2D(document, SIDE, SIDE);
    try {
      svg.render((Component) null, graphics, new ViewBox(0, 0, SIDE, SIDE));
    } finally {
      graphics.dispose();
    }
    return graphics.getXFormObject();
  }
}
