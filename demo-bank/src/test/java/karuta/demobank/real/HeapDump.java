package karuta.demobank.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The bytes of a heap dump, searched for text in the two ways Java keeps it: one byte a character, or two.
public final class HeapDump {
  private final String narrow;
  private final String wide;

  private HeapDump(byte[] bytes) {
    narrow = new String(bytes, StandardCharsets.ISO_8859_1);
    wide = narrow.replace("\0", "");
  }

  static HeapDump read(Path file) {
    try {
      return new HeapDump(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether this text stands in it.
  public boolean holds(String text) {
    return narrow.contains(text) || wide.contains(text);
  }

  /// Whether text of this form stands in it.
  public boolean matches(String form) {
    var pattern = Pattern.compile(form);
    return pattern.matcher(narrow).find() || pattern.matcher(wide).find();
  }
}
