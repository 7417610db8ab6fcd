package karuta.document;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Writes keys and certificates as text (RFC 7468).
public final class Pem {
  private Pem() {}

  /// One block, with the ends of lines that this machine has.
  ///
  /// @param type such as `CERTIFICATE` or `PRIVATE KEY`
  /// @param der what is written
  public static String of(String type, byte[] der) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes what is written to it", e);
    }
    return text.toString();
  }
}
