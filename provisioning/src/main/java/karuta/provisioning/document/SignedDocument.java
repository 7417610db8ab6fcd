package karuta.provisioning.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// CMS SignedData with its content inside (RFC 5652), written and read as a stream, so that its size is bounded by the disk.
///
/// One signer, ECDSA P-256 with SHA-256, signed attributes, the signer's certificate enclosed for people who look into
/// the file. Whoever verifies does not trust that one: he brings the certificate he has pinned.
public final class SignedDocument {
  private static final String ALGORITHM = "SHA256withECDSA";

  private SignedDocument() {}

  /// Starts a document. Closing the returned stream signs and completes it; `out` stays open.
  public static OutputStream write(OutputStream out, DocumentSigner signer) throws IOException {
    try {
      var generator = new CMSSignedDataStreamGenerator();
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var certificate = new JcaX509CertificateHolder(signer.certificate());
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(digests)
              .build(contentSigner(signer), signer.certificate()));
      generator.addCertificate(certificate);
      return generator.open(out, true);
    } catch (OperatorCreationException | CertificateEncodingException | CMSException e) {
      throw new IOException("cannot start a signed file", e);
    }
  }

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
      throws OperatorCreationException, CMSException {
    return signer.getSignedAttributes() != null
        && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(pinned.getPublicKey()));
  }

  private static ContentSigner contentSigner(DocumentSigner signer) {
    var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find(ALGORITHM);
    var attributes = new ByteArrayOutputStream();
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
      }

      @Override
      public OutputStream getOutputStream() {
        return attributes;
      }

      @Override
      public byte[] getSignature() {
        return signer.sign(attributes.toByteArray());
      }
    };
  }

  /// Makes something of a document's content.
  @FunctionalInterface
  public interface ContentReader<T> {
    T read(InputStream content) throws IOException;
  }
}
