package karuta.guard.judged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;
import karuta.digest.Sha256;
import karuta.document.DocumentException;

/// The lines of a [JudgedFile] as they are read, and the digest of those before the last. A line that is too long, or
/// has no end, is a damaged file: no more than one line is ever in memory.
final class JudgedLines {
  private static final int LONGEST = 1024;

  private final InputStream in;
  private final MessageDigest digest = Sha256.start();
  private byte[] last = {};
  private long number;

  JudgedLines(InputStream in) {
    this.in = in;
  }

  /// The next line without its end.
  String next() throws IOException {
    digest.update(last);
    number++;
    var bytes = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || bytes.size() == LONGEST) {
        throw damaged();
      }
      bytes.write(next);
    }
    var line = bytes.toString(StandardCharsets.ISO_8859_1);
    bytes.write('\n');
    last = bytes.toByteArray();
    return line;
  }

  String digestBeforeLast() {
    return Sha256.hexSoFar(digest);
  }

  boolean ended() throws IOException {
    return in.read() < 0;
  }

  <T> T parsed(String line, Function<String, T> parser) throws DocumentException {
    try {
      return parser.apply(line);
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      throw damaged();
    }
  }

  DocumentException damaged() {
    return new DocumentException(
        "the file of judged cards is damaged, or was changed, at line " + number);
  }
}
