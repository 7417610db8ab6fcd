package karuta.provisioning.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.digest.Sha256;
import karuta.fields.Fields;

/// A file of subjects, read line by line: CSV with the header `subject,generation`, or JSON lines such as `{"subject":
/// "S-1", "generation": 1}`. The first line says which it is. Empty lines, quotes and anything else that the two do not
/// have are refused, so that a file is either what was meant or an error.
final class SubjectFile implements AutoCloseable {
  private static final String HEADER = "subject,generation";
  private static final int MAX_LINE = 512;

  private final InputStream in;
  private final MessageDigest digest;
  private final boolean csv;
  private Optional<String> pending = Optional.empty();
  private long line;

  private SubjectFile(InputStream file) throws IOException {
    digest = Sha256.start();
    in = new BufferedInputStream(new DigestInputStream(file, digest));
    var first = readLine().orElse("");
    csv = first.equals(HEADER);
    if (!csv) {
      if (first.startsWith("\ufeff")) {
        throw new BadLine(1, "begins with a byte order mark; save it as UTF-8 without one");
      }
      if (!first.startsWith("{")) {
        throw new BadLine(1, "the first line must be '" + HEADER + "', or each line a JSON object");
      }
      pending = Optional.of(first);
    }
  }

  static SubjectFile open(Path file) throws IOException {
    var in = Files.newInputStream(file);
    try {
      return new SubjectFile(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /// The next line, or empty at the end.
  ///
  /// @throws BadLine if it is not what it should be; reading may go on with the line after it
  Optional<SubjectLine> next() throws IOException {
    var text = pending.isPresent() ? pending : readLine();
    pending = Optional.empty();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(csv ? ofCsv(text.get()) : ofJson(text.get()));
    } catch (IllegalArgumentException e) {
      throw new BadLine(line, String.valueOf(e.getMessage()));
    }
  }

  /// The number of the line read last, 1-based.
  long line() {
    return line;
  }

  /// SHA-256 of the whole file, once [#next] was empty: 64 hex digits.
  String digest() {
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static SubjectLine ofCsv(String text) {
    var comma = text.indexOf(',');
    if (comma < 0) {
      throw new IllegalArgumentException("expected a subject, a comma and a generation");
    }
    var generation = text.substring(comma + 1);
    if (!generation.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException("a generation is a number 1..65535");
    }
    return new SubjectLine(
        new Subject(text.substring(0, comma)), new Generation(Integer.parseInt(generation)));
  }

  private static SubjectLine ofJson(String text) {
    var fields = Fields.parse(text.getBytes(StandardCharsets.UTF_8));
    var line =
        new SubjectLine(
            fields.as("subject", Subject::new), new Generation(fields.smallNumber("generation")));
    fields.end();
    return line;
  }

  private Optional<String> readLine() throws IOException {
    var bytes = new ByteArrayOutputStream(80);
    var b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    line++;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (bytes.size() <= MAX_LINE) {
        bytes.write(b);
      }
    }
    if (bytes.size() > MAX_LINE) {
      throw new BadLine(line, "longer than " + MAX_LINE + " bytes");
    }
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (CharacterCodingException e) {
      throw new BadLine(line, "not UTF-8");
    }
  }

  /// A line that says nothing usable.
  static final class BadLine extends IOException {
    private static final long serialVersionUID = 1;

    BadLine(long line, String message) {
      super("line " + line + ": " + message);
    }
  }
}
