package karuta.server.book;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.server.book.BundleRefused.Reason;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// The content of a signed file, copied to a private file and verified over its whole length before a byte of it is used.
///
/// What is imported is read from the copy, so nobody can exchange the bundle between the check and the import.
final class Spool implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path copy;

  private Spool(Path copy) {
    this.copy = copy;
  }

  /// Copies and verifies (CMS SignedData, RFC 5652).
  ///
  /// @param pinned the only signer; certificates in the file are not looked at
  static Spool of(Path bundle, X509Certificate pinned) throws IOException, BundleRefused {
    // createTempFile makes files of mode 0600.
    var spool = new Spool(Files.createTempFile("karuta-bundle-", ".spool"));
    try (var in = new BufferedInputStream(Files.newInputStream(bundle), BUFFER);
        var out = Files.newOutputStream(spool.copy)) {
      copy(in, out, pinned);
      return spool;
    } catch (IOException | BundleRefused | RuntimeException e) {
      spool.close();
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
    try {
      var parser = new CMSSignedDataParser(new JcaDigestCalculatorProviderBuilder().build(), in);
      var signed = parser.getSignedContent();
      if (signed == null) {
        throw damaged("the bundle has no content", null);
      }
      try (var content = signed.getContentStream();
          var out = new Copy(to)) {
        content.transferTo(out);
      }
      requireSigner(parser, pinned);
      if (in.read() >= 0) {
        throw damaged("something follows the signed bundle", null);
      }
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      // Bouncy Castle reports some malformed ASN.1 as unchecked exceptions: they are refusals, not
      // faults.
      throw damaged("the bundle is damaged or no signed file", e);
    } catch (IOException e) {
      throw truncated(e);
    }
  }

  private static void requireSigner(CMSSignedDataParser parser, X509Certificate pinned)
      throws CMSException, OperatorCreationException, BundleRefused {
    var signers = parser.getSignerInfos().getSigners();
    if (signers.size() != 1 || !signedBy(signers.iterator().next(), pinned)) {
      throw damaged("the bundle is damaged, or is not signed by the pinned issuer", null);
    }
  }

  private static boolean signedBy(SignerInformation signer, X509Certificate pinned)
      throws OperatorCreationException {
    try {
      return signer.getSignedAttributes() != null
          && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(pinned.getPublicKey()));
    } catch (CMSException e) {
      return false;
    }
  }

  /// A file that ends too early shows as an I/O error of the ASN.1 parser; those of the disk have types of their own.
  private static IOException truncated(IOException e) throws BundleRefused {
    if (e instanceof FileSystemException || e instanceof CopyFailed) {
      return e;
    }
    throw damaged("the bundle is damaged or cut off", e);
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

  private static BundleRefused damaged(
      String message, @org.jspecify.annotations.Nullable Throwable cause) {
    var refused = new BundleRefused(Reason.INTEGRITY, message + "; fetch it anew from the issuer");
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }
}
