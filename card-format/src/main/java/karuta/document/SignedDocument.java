package karuta.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// CMS SignedData with its content inside (RFC 5652), written as a stream, so that its size is bounded by the disk.
///
/// One signer, ECDSA P-256 with SHA-256, signed attributes, the signer's certificate enclosed for people who look into
/// the file. Whoever verifies ([karuta.document.SignedData]) does not trust that one, but the certificate they have
/// pinned.
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
}
