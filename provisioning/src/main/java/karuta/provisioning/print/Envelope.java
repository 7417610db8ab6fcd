package karuta.provisioning.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import karuta.provisioning.print.PrintJobException.Reason;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientId;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/// CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084) to one certificate: ECDH on the certificate's own curve
/// with the X9.63 KDF over SHA-384 and AES-256 key wrap (RFC 5753), or RSA-OAEP with SHA-256 (RFC 8017).
///
/// The content is declared id-data, although it is a signed file: any other type needs authenticated attributes, which
/// stand behind the content in the file and go into the cipher before it, so that nobody could open a job as a stream.
///
/// Bouncy Castle's own provider does the work, by object and not by name, so that the host's provider list decides
/// nothing. It hands out plaintext before the tag is checked: [#open] returns normally only if the tag was right, and
/// until then its output must not be looked at.
final class Envelope {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  private static final int LEAST_RSA_BITS = 3072;
  private static final Set<ASN1Primitive> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);
  private static final int CHUNK = 1 << 16;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private Envelope() {}

  /// Starts an envelope. Closing the returned stream completes it; `out` stays open.
  ///
  /// @throws PrintJobException if the certificate's key is too weak or not meant for this
  static OutputStream seal(OutputStream out, X509Certificate bureau, SecureRandom random)
      throws IOException {
    try {
      var generator = new CMSAuthEnvelopedDataStreamGenerator();
      generator.setBufferSize(CHUNK);
      generator.addRecipientInfoGenerator(recipient(bureau, random));
      var cipher =
          new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
              .setProvider(BOUNCY_CASTLE)
              .setSecureRandom(random)
              .build();
      return generator.open(out, (OutputAEADEncryptor) cipher);
    } catch (CMSException | GeneralSecurityException e) {
      throw new IOException("cannot start an encrypted file", e);
    }
  }

  private static RecipientInfoGenerator recipient(X509Certificate bureau, SecureRandom random)
      throws IOException, GeneralSecurityException {
    return switch (bureau.getPublicKey()) {
      case ECPublicKey key -> {
        var curve =
            SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm().getParameters();
        requireUse(bureau, CURVES.contains(curve.toASN1Primitive()), KEY_AGREEMENT, "keyAgreement");
        // Named by its identifier: given the numbers, Bouncy Castle writes them out, which other
        // programs refuse.
        var pairs = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
        pairs.initialize(new ECGenParameterSpec(curve.toString()), random);
        var ephemeral = pairs.generateKeyPair();
        yield new JceKeyAgreeRecipientInfoGenerator(
                CMSAlgorithm.ECDH_SHA384KDF,
                ephemeral.getPrivate(),
                ephemeral.getPublic(),
                CMSAlgorithm.AES256_WRAP)
            .setProvider(BOUNCY_CASTLE)
            .setSecureRandom(random)
            .addRecipient(bureau);
      }
      case RSAPublicKey key -> {
        var strong = key.getModulus().bitLength() >= LEAST_RSA_BITS;
        requireUse(bureau, strong, KEY_ENCIPHERMENT, "keyEncipherment");
        var oaep =
            new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        var algorithm =
            new JcaAlgorithmParametersConverter()
                .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep);
        yield new JceKeyTransRecipientInfoGenerator(bureau, algorithm).setProvider(BOUNCY_CASTLE);
      }
      default ->
          throw new PrintJobException(
              Reason.UNUSABLE_KEY, "the bureau's certificate must hold an EC or an RSA key");
    };
  }

  private static void requireUse(X509Certificate bureau, boolean strong, int bit, String name)
      throws PrintJobException {
    if (!strong) {
      throw new PrintJobException(
          Reason.UNUSABLE_KEY,
          "the key in the bureau's certificate does not do: ask for EC P-256, P-384 or P-521, or RSA of 3072 bits");
    }
    var usage = bureau.getKeyUsage();
    if (usage != null && !usage[bit]) {
      throw new PrintJobException(
          Reason.UNUSABLE_KEY, "the bureau's certificate does not allow " + name);
    }
  }

  /// Decrypts a whole file.
  ///
  /// @throws PrintJobException if it is for another key, or damaged: then `out` has received bytes nobody vouches for
  static void open(InputStream in, BureauKey key, OutputStream out) throws IOException {
    var chunk = new byte[CHUNK];
    try (var content = content(in, key)) {
      for (var length = read(content, chunk); length >= 0; length = read(content, chunk)) {
        out.write(chunk, 0, length);
      }
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
    if (in.read() >= 0) {
      throw new PrintJobException(Reason.DAMAGED, "something follows the print job in the file");
    }
  }

  private static InputStream content(InputStream in, BureauKey key) throws PrintJobException {
    try {
      var parser = new CMSAuthEnvelopedDataParser(in);
      if (!NISTObjectIdentifiers.id_aes256_GCM.equals(
          parser.getEncryptionAlgOID().getAlgorithm())) {
        throw new PrintJobException(Reason.DAMAGED, "the file is not encrypted with AES-256-GCM");
      }
      return mine(parser, key.certificate()).getContentStream(recipient(key)).getContentStream();
    } catch (PrintJobException e) {
      throw e;
    } catch (CMSException | IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static int read(InputStream content, byte[] chunk) throws PrintJobException {
    try {
      return content.read(chunk);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /// Bouncy Castle reports some malformed ASN.1 as unchecked exceptions, so these count as damage too.
  private static PrintJobException damaged(Exception cause) {
    return new PrintJobException(
        Reason.DAMAGED, "the file is no print job, or it is damaged; fetch it again", cause);
  }

  /// Recipients are a SET, so the right one is found by its name and never by its place.
  private static RecipientInformation mine(
      CMSAuthEnvelopedDataParser parser, X509Certificate certificate) throws PrintJobException {
    RecipientId name =
        switch (certificate.getPublicKey()) {
          case RSAPublicKey _ -> new JceKeyTransRecipientId(certificate);
          default -> new JceKeyAgreeRecipientId(certificate);
        };
    var mine = parser.getRecipientInfos().get(name);
    if (mine == null) {
      throw new PrintJobException(
          Reason.NOT_FOR_THIS_KEY,
          "the print job is encrypted to another certificate than the one in the key file");
    }
    return mine;
  }

  private static Recipient recipient(BureauKey key) {
    return switch (key.certificate().getPublicKey()) {
      case RSAPublicKey _ ->
          new JceKeyTransAuthEnvelopedRecipient(key.key()).setProvider(BOUNCY_CASTLE);
      default -> new JceKeyAgreeAuthEnvelopedRecipient(key.key()).setProvider(BOUNCY_CASTLE);
    };
  }
}
