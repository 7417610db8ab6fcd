package karuta.token.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Mechanism;
import karuta.digest.Sha256;
import karuta.secret.SecretBytes;
import karuta.token.SessionLease;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.operator.ContentSigner;

/// The certificate a new signing key gives itself, signed over the binding in the session that made the key.
final class SelfSigned {
  private static final Mechanism ECDSA = new Mechanism.Plain(Ckm.CKM_ECDSA);

  /// RFC 5280, section 4.1.2.5: no well-defined expiry. The key's life is the custodians' decision, not a date's.
  private static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  private SelfSigned() {}

  static X509Certificate certificate(
      SessionLease lease, long privateKey, ECPublicKey publicKey, String label, Instant now) {
    var name = new X500Principal("CN=" + label);
    var serial = new BigInteger(1, Arrays.copyOf(Sha256.of(P256.point(publicKey)), 16));
    var builder =
        new JcaX509v3CertificateBuilder(
            name, serial, Date.from(now), Date.from(NO_EXPIRY), name, publicKey);
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new TokenSigner(lease, privateKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate just made is not readable", e);
    }
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate just made has no encoding", e);
    }
  }

  private record TokenSigner(SessionLease lease, long key, ByteArrayOutputStream content)
      implements ContentSigner {
    TokenSigner(SessionLease lease, long key) {
      this(lease, key, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      var raw = sign(Sha256.of(content.toByteArray()));
      var half = raw.length / 2;
      var order = ECNamedCurveTable.getParameterSpec("P-256").getN();
      try {
        return StandardDSAEncoding.INSTANCE.encode(
            order,
            new BigInteger(1, Arrays.copyOf(raw, half)),
            new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)));
      } catch (IOException e) {
        throw new IllegalStateException("a signature has no encoding", e);
      }
    }

    private byte[] sign(byte[] digest) {
      lease.cryptoki().signInit(lease.session(), ECDSA, key);
      try (var data = SecretBytes.copyOf(digest)) {
        return lease.cryptoki().sign(lease.session(), data);
      }
    }
  }
}
