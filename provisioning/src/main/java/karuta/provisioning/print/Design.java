package karuta.provisioning.print;

import java.io.IOException;
import java.time.Instant;
import karuta.catalogue.Catalogue;
import karuta.provisioning.print.JobManifest.Named;
import karuta.provisioning.print.page.CardDocument;
import karuta.provisioning.print.page.CardFonts;

/// What all cards of a job have in common: pictures, fonts, arrangement.
public final class Design implements AutoCloseable {
  private final Catalogue pictures;
  private final CardFonts fonts;
  private final Named template;

  public Design(Catalogue pictures) throws IOException {
    this.pictures = pictures;
    this.fonts = new CardFonts();
    this.template = new Named(CardDocument.TEMPLATE, CardDocument.templateDigest(fonts));
  }

  public CardDocument document(long id, Instant createdAt) throws IOException {
    return new CardDocument(fonts, picture -> pictures.picture(picture).svg(), id, createdAt);
  }

  Named template() {
    return template;
  }

  Named catalogue() {
    return new Named(pictures.version(), pictures.digest());
  }

  String fontsDigest() {
    return fonts.digest();
  }

  @Override
  public void close() throws IOException {
    fonts.close();
  }
}
