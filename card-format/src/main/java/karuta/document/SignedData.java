package karuta.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// Verifies CMS SignedData with its content inside (RFC 5652), as a stream, so that its size is bounded by the disk.
///
/// Everything that is signed with a token comes in through here: bundles, print jobs and their reports, ceremony files.
/// There is one signer, with signed attributes, and the caller brings the certificate that was pinned: what is enclosed
/// in the file is never trusted, and no chain is followed.
public final class SignedData {
  private SignedData() {}

  /// Reads a document's content, then checks its signature.
  ///
  /// The content is handed out before the signature is known to be right, because it is a stream: what `reader` makes
  /// of it may be used only after this method returned.
  ///
  /// @param pinned the certificate of the one signer that is accepted
  /// @param reader reads the content; what it leaves unread is read for the digest
  /// @return what `reader` made of it
  /// @throws DocumentException if the file is no signed file, is damaged, or was signed by another key
  public static <T> T verify(InputStream in, X509Certificate pinned, ContentReader<T> reader)
      throws IOException {
    var parser = parser(in);
    T result;
    try (var content = new ContentStream(parser.getSignedContent().getContentStream())) {
      result = reader.read(content);
      content.transferTo(OutputStream.nullOutputStream());
    }
    checkSigner(parser, pinned);
    if (in.read() >= 0) {
      throw new DocumentException("something follows the signed file");
    }
    return result;
  }

  private static CMSSignedDataParser parser(InputStream in) throws IOException {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var parser = new CMSSignedDataParser(digests, new ContentStream.Source(in));
      if (parser.getSignedContent() != null) {
        return parser;
      }
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      throw ContentStream.explained(e);
    }
    throw new DocumentException("the signed file has no content");
  }

  private static void checkSigner(CMSSignedDataParser parser, X509Certificate pinned)
      throws IOException {
    var reason =
        "the signature is not by the key of "
            + pinned.getSubjectX500Principal().getName()
            + ", or the file was changed";
    try {
      var signers = parser.getSignerInfos().getSigners();
      if (signers.size() != 1 || !verifies(signers.iterator().next(), pinned)) {
        throw new DocumentException(reason);
      }
    } catch (DocumentException e) {
      throw e;
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      throw ContentStream.explained(e, reason);
    }
  }

  private static boolean verifies(SignerInformation signer, X509Certificate pinned)
      throws OperatorCreationException, CMSException, IOException {
    return signer.getSignedAttributes() != null
        && names(signer.getSID(), pinned)
        && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(pinned.getPublicKey()));
  }

  /// The signer identifier is not under the signature. It must name the pinned certificate, byte for byte, by issuer
  /// and serial number (RFC 5652, section 5.3): whoever shows a file to another program is told the same signer by it.
  private static boolean names(SignerId signer, X509Certificate pinned) throws IOException {
    return signer.getIssuer() != null
        && Arrays.equals(
            signer.getIssuer().getEncoded(), pinned.getIssuerX500Principal().getEncoded())
        && pinned.getSerialNumber().equals(signer.getSerialNumber());
  }

  /// Makes something of a document's content.
  @FunctionalInterface
  public interface ContentReader<T> {
    T read(InputStream content) throws IOException;
  }
}
