package karuta.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleWriter;
import karuta.bundle.CardBook;
import karuta.card.BatchId;
import karuta.card.Profile;
import karuta.guard.testing.FakeJudgeToken;
import karuta.server.book.BundleTrust;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// An issuer with a key in plain Java that signs bundles.
public final class TestIssuer {
  /// The serial of the token the bundles are for.
  public static final String TOKEN = "0123456789abcdef";

  /// The digest of the catalogue in use.
  public static final String CATALOGUE_DIGEST = "c".repeat(64);

  /// When its bundles say that they were made.
  public static final Instant CREATED = Instant.parse("2026-01-05T09:00:00Z");

  private final KeyPair pair;
  private final X509Certificate certificate;
  private String previous = "";
  private long sequence;

  public TestIssuer() {
    this(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));
  }

  /// One whose certificate is in force from one moment to another.
  public TestIssuer(Instant from, Instant to) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
      var name = new X500Principal("CN=test issuer");
      certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          BigInteger.ONE,
                          Date.from(from),
                          Date.from(to),
                          name,
                          pair.getPublic())
                      .build(
                          new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a server that knows this issuer takes.
  public BundleTrust trust() {
    return new BundleTrust(
        certificate, TOKEN, Set.of(FakeJudgeToken.EPOCH), "v1", CATALOGUE_DIGEST);
  }

  /// The manifest of the next bundle.
  public BundleManifest manifest(long cards) {
    return new BundleManifest(
        new BatchId("batch-" + (sequence + 1)),
        sequence + 1,
        previous,
        FakeJudgeToken.EPOCH,
        TOKEN,
        "v1",
        CATALOGUE_DIGEST,
        Profile.STANDARD,
        cards,
        CREATED);
  }

  /// Writes and signs the next bundle.
  public Path issue(Path directory, List<CardBook> books) throws IOException {
    var manifest = manifest(books.size());
    var file = write(directory.resolve(manifest.batch() + ".bundle"), manifest, books);
    sequence++;
    return file;
  }

  /// Writes and signs a bundle; its digest becomes the next one's `previous`.
  public Path write(Path file, BundleManifest manifest, List<CardBook> books) throws IOException {
    var content = new ByteArrayOutputStream();
    var writer = new BundleWriter(content, manifest);
    for (var book : books) {
      writer.add(book);
    }
    previous = writer.finish().contentDigest();
    return sign(file, content.toByteArray());
  }

  /// Signs any content.
  public Path sign(Path file, byte[] content) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      var generator = new CMSSignedDataStreamGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()),
                  certificate));
      try (OutputStream signed = generator.open(out, true)) {
        signed.write(content);
      }
      return file;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
