package karuta.softhsm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives in memory and is forgotten: its key is never written, so nobody can issue one
/// more certificate in its name. For development and tests; profiles follow RFC 5280, section 4.2.1.
public final class DevelopmentAuthority {
  /// How far before now a certificate becomes valid, so that a clock a little behind does not refuse it.
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final String ORGANISATION = "Karuta development, not for production";

  private final SecureRandom random;
  private final Instant from;
  private final Instant until;
  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /// @param lifetime how long the authority and everything it issues is valid, from now
  public DevelopmentAuthority(InstantSource clock, SecureRandom random, Duration lifetime) {
    this.random = random;
    this.from = clock.instant().minus(SKEW);
    this.until = clock.instant().plus(lifetime);
    this.name = named("Karuta development CA");
    this.keys = newKeys();
    this.certificate = ownCertificate();
  }

  /// The certificate to trust.
  public X509Certificate certificate() {
    return certificate;
  }

  /// The end of validity of every certificate, to the second.
  public Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  /// For a server on this machine: `localhost`, `127.0.0.1` and `::1`.
  public Credential server() {
    var names =
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1")
        };
    return issue(
        "localhost",
        KeyUsage.digitalSignature,
        builder -> {
          builder.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
          builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        });
  }

  /// For a client of the API. The server maps the common name to a role.
  public Credential client(String commonName) {
    return issue(
        commonName,
        KeyUsage.digitalSignature,
        builder ->
            builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
  }

  /// For a bureau: its key opens print jobs (ECDH) and signs the reports on them, and does nothing else.
  public Credential bureau(String commonName) {
    return issue(commonName, KeyUsage.keyAgreement | KeyUsage.digitalSignature, builder -> {});
  }

  /// For an officer: the key signs approvals.
  public Credential officer(String commonName) {
    return issue(commonName, KeyUsage.digitalSignature, builder -> {});
  }

  private X509Certificate ownCertificate() {
    return sign(
        name,
        keys,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
          builder.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
  }

  private Credential issue(String commonName, int usage, Extensions more) {
    var pair = newKeys();
    var issued =
        sign(
            named(commonName),
            pair,
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
              more.addTo(builder);
            });
    return new Credential(issued, pair.getPrivate());
  }

  private X509Certificate sign(X500Name subject, KeyPair pair, Extensions extensions) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name, serialNumber(), Date.from(from), Date.from(until), subject, pair.getPublic());
      var identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(pair.getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(keys.getPublic()));
      extensions.addTo(builder);
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | IOException | OperatorCreationException broken) {
      throw new IllegalStateException("this JDK cannot make an EC P-256 certificate", broken);
    }
  }

  /// Positive, 127 random bits: more than the 64 that CAs are held to, less than the 20 bytes of RFC 5280, 4.1.2.2.
  private BigInteger serialNumber() {
    return new BigInteger(127, random).setBit(126);
  }

  private KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this JDK cannot make an EC P-256 key", broken);
    }
  }

  private static X500Name named(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, ORGANISATION)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException;
  }
}
