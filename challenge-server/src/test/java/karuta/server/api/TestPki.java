package karuta.server.api;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// Certificates for tests: one CA, everything it issues as PEM files in one directory.
public final class TestPki {
  private static final Duration VALIDITY = Duration.ofDays(2);

  private final Path directory;
  private final KeyPair caKey;
  private final X509Certificate ca;
  private long number = 1;

  public TestPki(Path directory, String caName) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.caKey = newKey();
    this.ca =
        issue(
            "CN=" + caName, caKey, "CN=" + caName, true, Instant.now().minus(Duration.ofHours(1)));
    write("ca.pem", ca);
  }

  private TestPki(Path directory, KeyPair caKey, X509Certificate ca) {
    this.directory = directory;
    this.caKey = caKey;
    this.ca = ca;
  }

  /// The files another process has made, to be used; nothing more can be issued in earnest.
  public static TestPki existing(Path directory) {
    try {
      return new TestPki(directory, newKey(), certificate(directory.resolve("ca.pem")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Issues a certificate and writes `NAME.pem` and `NAME-key.pem`.
  public TestPki issue(String file, String subject) throws Exception {
    return issue(file, subject, Instant.now().minus(Duration.ofHours(1)));
  }

  /// Issues a certificate that ended yesterday.
  public TestPki issueEnded(String file, String subject) throws Exception {
    return issue(file, subject, Instant.now().minus(VALIDITY.plusDays(1)));
  }

  private TestPki issue(String file, String subject, Instant from) throws Exception {
    var key = newKey();
    var issuer = ca.getSubjectX500Principal().getName();
    write(file + ".pem", issue(subject, key, issuer, false, from));
    write(file + "-key.pem", key.getPrivate());
    return this;
  }

  /// Reads a certificate.
  public static X509Certificate certificate(Path file) {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  public PemKeyCertOptions identity(String name) {
    return new PemKeyCertOptions()
        .addCertPath(file(name + ".pem").toString())
        .addKeyPath(file(name + "-key.pem").toString());
  }

  /// The same for clients that are not Vert.x.
  public SSLContext context(String name) {
    return context(name, () -> {});
  }

  /// The same for a client that does something before it shows its certificate.
  SSLContext context(String name, Runnable before) {
    try (var chain = Files.newInputStream(file(name + ".pem"));
        var authority = Files.newInputStream(file("ca.pem"));
        var pem = new PEMParser(Files.newBufferedReader(file(name + "-key.pem")))) {
      var certificates = CertificateFactory.getInstance("X.509");
      var key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) pem.readObject());
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var none = new char[0];
      store.setKeyEntry(
          name, key, none, new Certificate[] {certificates.generateCertificate(chain)});
      store.setCertificateEntry("ca", certificates.generateCertificate(authority));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, none);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      var shown = new Shown((X509ExtendedKeyManager) keys.getKeyManagers()[0], before);
      context.init(new KeyManager[] {shown}, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Shows a certificate after something else was done.
  private static final class Shown extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final Runnable before;

    Shown(X509ExtendedKeyManager keys, Runnable before) {
      this.keys = keys;
      this.before = before;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      before.run();
      return keys.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      before.run();
      return keys.chooseEngineClientAlias(keyTypes, issuers, engine);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return keys.getServerAliases(keyType, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return keys.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  public PemTrustOptions trust() {
    return new PemTrustOptions().addCertPath(file("ca.pem").toString());
  }

  private X509Certificate issue(
      String subject, KeyPair key, String issuer, boolean isCa, Instant from)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(number++),
                Date.from(from),
                Date.from(from.plus(VALIDITY)),
                new X500Name(subject),
                key.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa))
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                    new GeneralName[] {
                      new GeneralName(GeneralName.dNSName, "localhost"),
                      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                    }));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(caKey.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private void write(String name, Object pem) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      if (pem instanceof java.security.PrivateKey key) {
        writer.writeObject(
            new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", key.getEncoded()));
      } else {
        writer.writeObject(pem);
      }
    }
    Files.writeString(file(name), text.toString());
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
