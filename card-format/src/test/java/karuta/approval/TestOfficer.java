package karuta.approval;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import karuta.document.KeySigner;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An officer with a key of their own.
record TestOfficer(KeyPair keys, KeySigner signer) {
  static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2126-01-01T00:00:00Z");

  static TestOfficer named(String name) {
    return named(name, keys("EC"), UNTIL);
  }

  static TestOfficer named(String name, KeyPair keys, Instant until) {
    try {
      var subject = new X500Principal("CN=" + name);
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(FROM),
              Date.from(until),
              subject,
              keys.getPublic());
      var algorithm = keys.getPrivate().getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
      var signer = new JcaContentSignerBuilder("SHA256with" + algorithm).build(keys.getPrivate());
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new TestOfficer(keys, new KeySigner(certificate, keys.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair keys(String algorithm) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
