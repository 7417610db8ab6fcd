package karuta.server.book;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.document.DocumentException;
import karuta.document.SignedData;
import karuta.server.book.BundleRefused.Reason;

/// The content of a signed file, copied to a private file and verified over its whole length before a byte of it is
/// used.
///
/// What is imported is read from the copy, so nobody can exchange the bundle between the check and the import.
final class VerifiedCopy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path copy;

  private VerifiedCopy(Path copy) {
    this.copy = copy;
  }

  /// Copies and verifies (CMS SignedData, RFC 5652).
  ///
  /// @param pinned the only signer; certificates in the file are not looked at
  static VerifiedCopy of(Path bundle, X509Certificate pinned) throws IOException, BundleRefused {
    // createTempFile makes files of mode 0600.
    var verified = new VerifiedCopy(Files.createTempFile("karuta-bundle-", ".copy"));
    try (var in = new BufferedInputStream(Files.newInputStream(bundle), BUFFER);
        var out = Files.newOutputStream(verified.copy)) {
      copy(in, out, pinned);
      return verified;
    } catch (IOException | BundleRefused | RuntimeException e) {
      verified.close();
      throw e;
    }
  }

  /// The content, from its start.
  InputStream open() throws IOException {
    return new BufferedInputStream(Files.newInputStream(copy), BUFFER);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(copy);
  }

  /// Copies the content and verifies what signed it.
  ///
  /// @throws CopyFailed if `to` takes no more
  static void copy(InputStream in, OutputStream to, X509Certificate pinned)
      throws IOException, BundleRefused {
    try (var out = new Copy(to)) {
      SignedData.verify(in, pinned, content -> content.transferTo(out));
    } catch (DocumentException e) {
      var refused =
          new BundleRefused(
              Reason.INTEGRITY,
              "the bundle is damaged, or is not signed by the pinned issuer: "
                  + e.getMessage()
                  + "; fetch it anew from the issuer");
      refused.initCause(e);
      throw refused;
    }
  }

  /// Keeps what goes wrong with the copy apart from what goes wrong with the bundle.
  private static final class Copy extends FilterOutputStream {
    Copy(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw new CopyFailed(e);
      }
    }
  }
}
