package karuta.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A document's content while it is parsed. Bouncy Castle reports damaged ASN.1 in many ways, some of them unchecked,
/// some plain [IOException]s; here each is a [DocumentException]. Only the file itself can fail otherwise: [Source]
/// marks that.
final class ContentStream extends FilterInputStream {
  ContentStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException | RuntimeException e) {
      throw explained(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw explained(e);
    }
  }

  /// What a failure under Bouncy Castle means: the file's own failure as it was, everything else as damage.
  static IOException explained(Exception failure) {
    return explained(failure, "not a signed file, or a damaged one");
  }

  /// The same, with other words for damage.
  static IOException explained(Exception failure, String damage) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Source.Failed failed) {
        return failed.reason;
      }
    }
    return new DocumentException(damage, failure);
  }

  /// The file under the parser.
  static final class Source extends FilterInputStream {
    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw new Failed(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw new Failed(e);
      }
    }

    private static final class Failed extends IOException {
      private static final long serialVersionUID = 1;

      private final IOException reason;

      Failed(IOException reason) {
        super(reason);
        this.reason = reason;
      }
    }
  }
}
