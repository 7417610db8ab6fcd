package karuta.benchmarks.stack;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.document.DocumentSigner;
import karuta.document.KeySigner;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.token.key.P256;
import karuta.token.key.TokenKdf;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An issuer whose keys are in this process's memory, for measurements alone: it makes hundreds of thousands of cards
/// in the time in which a token would make thousands, and whoever measures has to know their layouts anyway.
///
/// It agrees a book key with a verifier token by the files of the ceremony, so the token holds that key as it holds any
/// other: to verify only.
final class SoftwareIssuer {
  /// A serial number as tokens have one.
  private static final String TOKEN = "fedcba9876543210";

  private static final String HMAC = "HmacSHA256";
  private static final TokenKdf KDF = TokenKdf.standard(Kdf.CKD_NULL);
  private static final Duration VALID = Duration.ofDays(365);

  private final KeyPair pair;
  private final DocumentSigner signer;

  private SoftwareIssuer(KeyPair pair, DocumentSigner signer) {
    this.pair = pair;
    this.signer = signer;
  }

  /// One with a new key.
  static SoftwareIssuer make() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      return new SoftwareIssuer(pair, new KeySigner(certificate(pair), pair.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(KeyPair pair)
      throws GeneralSecurityException, OperatorCreationException {
    var name = new X500Principal("CN=issuer in software");
    var now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(VALID)),
                    name,
                    pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  /// What it signs ceremony files and bundles with.
  DocumentSigner signer() {
    return signer;
  }

  /// The first file of an agreement.
  Request request(EpochId epoch) {
    return new Request(
        epoch,
        TOKEN,
        AgreementUse.DEVELOPMENT,
        List.of(KDF.computes()),
        P256.point((ECPublicKey) pair.getPublic()),
        Instant.now());
  }

  /// The key of an epoch, and the third file, which proves to the token that both have it.
  ///
  /// @param tag HMAC-SHA-256 under the key, in Java; for any number of threads
  record Agreed(Confirmation confirmation, Hmac tag) {}

  /// Derives the key from the token's answer.
  Agreed agreed(CeremonyFile<Response> response) {
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(pair.getPrivate());
      agreement.doPhase(P256.publicKey(response.message().point()), true);
      var tag = new Hmac(agreement.generateSecret());
      try (var input = MacInput.of("karuta kcv v1")) {
        var confirmation =
            new Confirmation(
                response.message(), response.digest(), TOKEN, KDF, tag.of(input), Instant.now());
        return new Agreed(confirmation, tag);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// HMAC-SHA-256 in Java.
  static final class Hmac {
    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    Hmac(byte[] key) {
      this.key = new SecretKeySpec(key, HMAC);
    }

    private Mac mac() {
      try {
        var mac = Mac.getInstance(HMAC);
        mac.init(key);
        return mac;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /// 32 bytes.
    byte[] of(MacInput input) {
      return macs.get().doFinal(input.toBytes());
    }
  }
}
