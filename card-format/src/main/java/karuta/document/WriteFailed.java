package karuta.document;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// A file could not be written to its end: the disk is full, the stick was pulled. The system says why, but not which
/// file.
///
/// Whoever writes files here writes them whole or not at all, so that nothing of it is left.
public final class WriteFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  private WriteFailed(Path file, IOException cause) {
    super(
        ("%s could not be written (%s); nothing of it is left; make room or find out what is wrong"
                + " with the disk, then run the same command again")
            .formatted(file, cause.getMessage()),
        cause);
    this.reason = String.valueOf(cause.getMessage());
  }

  /// What the system says.
  public String reason() {
    return reason;
  }

  /// An output whose failures name the file.
  public static OutputStream naming(Path file, OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        try {
          out.write(bytes, from, length);
        } catch (IOException e) {
          throw new WriteFailed(file, e);
        }
      }

      @Override
      public void flush() throws IOException {
        try {
          out.flush();
        } catch (IOException e) {
          throw new WriteFailed(file, e);
        }
      }
    };
  }
}
