package karuta.provisioning.print.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

class PictureFormsTest {
  /// A form that needs no resources has no shading, no mask, no transparency and no image: only paths and colours.
  @Test
  void everyPictureOfTheCatalogueIsFlatFills() throws IOException {
    try (var document = new PDDocument()) {
      var forms = new PictureForms(document, p -> Catalogue.v1().picture(p).svg());
      for (var id = 0; id < PictureId.COUNT; id++) {
        var form = forms.form(new PictureId(id));
        assertThat(form.getResources().getCOSObject().keySet()).as("picture %d", id).isEmpty();
        assertThat(form.getGroup()).as("picture %d", id).isNull();
      }
    }
  }

  @Test
  void aPictureIsDrawnOnce() throws IOException {
    try (var document = new PDDocument()) {
      var forms = new PictureForms(document, p -> Catalogue.v1().picture(p).svg());
      assertThat(forms.form(new PictureId(7))).isSameAs(forms.form(new PictureId(7)));
    }
  }

  @Test
  void whatIsNoDrawingIsRefused() throws IOException {
    try (var document = new PDDocument()) {
      var forms = new PictureForms(document, p -> "no drawing".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> forms.form(new PictureId(0)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("picture 0");
    }
  }
}
