package karuta.provisioning.print;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import karuta.card.BatchId;
import karuta.card.PictureId;
import karuta.card.Serial;
import karuta.document.DocumentSigner;
import karuta.provisioning.layout.Layout;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Keys, cards and orders for the tests of this package.
public final class PrintParts {
  public static final Instant MADE = Instant.parse("2026-03-01T09:00:00Z");

  private PrintParts() {}

  public static KeyPair ec(String curve) {
    return pair("EC", new ECGenParameterSpec(curve));
  }

  static KeyPair rsa(int bits) {
    return pair(
        "RSA", new java.security.spec.RSAKeyGenParameterSpec(bits, BigInteger.valueOf(65537)));
  }

  private static KeyPair pair(String algorithm, java.security.spec.AlgorithmParameterSpec shape) {
    try {
      var pairs = KeyPairGenerator.getInstance(algorithm);
      pairs.initialize(shape);
      return pairs.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static BureauKey bureau(KeyPair pair) {
    return new BureauKey(pair.getPrivate(), certificate("Bureau", pair, 0));
  }

  /// A certificate that says who has that pair, for tests.
  ///
  /// @param usage bits of [KeyUsage], none for a certificate without that extension
  public static X509Certificate certificate(String name, KeyPair pair, int usage) {
    try {
      var subject = new X500Principal("CN=" + name);
      var serial = BigInteger.valueOf(1 + new Random(name.hashCode()).nextInt(1 << 20));
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              serial,
              Date.from(MADE),
              Date.from(MADE.plusSeconds(86_400L * 3650)),
              subject,
              pair.getPublic());
      if (usage != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      }
      var algorithm = pair.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
      var signer = new JcaContentSignerBuilder("SHA256with" + algorithm).build(pair.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A signer with a plain key instead of a token.
  public record PlainSigner(KeyPair pair, X509Certificate certificate) implements DocumentSigner {
    public static PlainSigner make() {
      var pair = ec("secp256r1");
      return new PlainSigner(pair, PrintParts.certificate("Issuer", pair, 0));
    }

    @Override
    public byte[] sign(byte[] data) {
      try {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(data);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static PrintOrder order(long cards, DocumentSigner signer, BureauKey bureau) {
    return new PrintOrder(new BatchId("test"), cards, MADE, signer, bureau.certificate());
  }

  public static Serial serial(int number) {
    return Serial.ofRandomDigits("%010d".formatted(4_000_000_000L + number * 7919L));
  }

  /// 50 of the 512 pictures, the same for the same number.
  public static Layout layout(int number) {
    var all = new short[PictureId.COUNT];
    for (var i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    var random = new Random(number);
    for (var i = 0; i < 50; i++) {
      var other = i + random.nextInt(all.length - i);
      var kept = all[i];
      all[i] = all[other];
      all[other] = kept;
    }
    return Layout.of(java.util.Arrays.copyOf(all, 50));
  }

  /// Writes a whole job of cards 1, 2, ...
  public static void write(PrintJob.Factory jobs, Path file, PrintOrder order)
      throws java.io.IOException {
    try (var job = jobs.open(file, order)) {
      for (var number = 1; number <= order.cards(); number++) {
        try (var layout = layout(number)) {
          job.add(serial(number), layout);
        }
      }
      job.finish();
    }
  }
}
