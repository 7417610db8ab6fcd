package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_CERTIFICATE_TYPE;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_DERIVE;
import static karuta.cryptoki.Cka.CKA_EC_PARAMS;
import static karuta.cryptoki.Cka.CKA_EC_POINT;
import static karuta.cryptoki.Cka.CKA_ID;
import static karuta.cryptoki.Cka.CKA_ISSUER;
import static karuta.cryptoki.Cka.CKA_KEY_TYPE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_SERIAL_NUMBER;
import static karuta.cryptoki.Cka.CKA_SUBJECT;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_VALUE;
import static karuta.cryptoki.Cka.CKA_VERIFY;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.KeyNotFound;
import karuta.token.KeyPolicyViolation;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.jca.JcaFault;
import karuta.token.jca.JcaView;

/// ECDSA P-256 keys of one kind on a token: `issuer-<n>`, `receipt-<n>` or `seal-<n>`. A label of another kind is
/// refused, so that what signs receipts cannot be had to sign seals.
///
/// The pair is made with a template of its own over the binding; signatures go through JCA. JCA sees a private key only
/// beside a certificate of the same `CKA_ID`, so each key has a self-signed one.
public final class SigningKeys {
  private static final Mechanism GENERATE = new Mechanism.Plain(Ckm.CKM_EC_KEY_PAIR_GEN);
  private static final long CKC_X_509 = 0;
  private static final String RAW = "SHA256withECDSAinP1363Format";
  private static final String DER = "SHA256withECDSA";

  private final Token token;
  private final KeyPolicy policy;

  /// @param policy [KeyPolicy#ISSUER], [KeyPolicy#RECEIPT] or [KeyPolicy#SEAL]
  /// @throws IllegalArgumentException if it is no kind of pair
  public SigningKeys(Token token, KeyPolicy policy) {
    if (!policy.isPrivateKey()) {
      throw new IllegalArgumentException(policy + " is no pair of keys");
    }
    this.token = token;
    this.policy = policy;
  }

  /// Makes the key `<kind>-<n>` with a self-signed certificate beside it.
  ///
  /// @param number from 1
  /// @throws KeyPolicyViolation if the label is taken or the token did not make what was asked
  public ECPublicKey make(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("signing keys are numbered from 1");
    }
    var label = policy.label(Integer.toString(number));
    return token.alone(lease -> make(lease, label));
  }

  private ECPublicKey make(SessionLease lease, String label) {
    for (var taken : objects(label)) {
      refuse(lease.find(taken).isPresent(), new Finding(label, "presence", "absent", "taken"));
    }
    var pair =
        lease
            .cryptoki()
            .generateKeyPair(
                lease.session(), GENERATE, publicTemplate(label), policy.template(label));
    try {
      var findings = policy.made(lease, pair.privateKey(), label);
      if (!findings.isEmpty()) {
        throw new KeyPolicyViolation(findings);
      }
      var key = P256.publicKey(P256.ofAttribute(bytes(lease, pair.publicKey(), CKA_EC_POINT)));
      var certificate =
          SelfSigned.certificate(lease, pair.privateKey(), key, label, token.clock().instant());
      lease.cryptoki().createObject(lease.session(), certificateTemplate(label, certificate));
      return key;
    } catch (RuntimeException e) {
      lease.undo(e, pair.privateKey(), pair.publicKey());
      throw e;
    }
  }

  private static void refuse(boolean bad, Finding finding) {
    if (bad) {
      throw new KeyPolicyViolation(finding);
    }
  }

  private static Template publicTemplate(String label) {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.PUBLIC_KEY.code()),
        Attribute.of(CKA_KEY_TYPE, KeyType.EC.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, false),
        Attribute.of(CKA_LABEL, label),
        Attribute.of(CKA_ID, new KeyRef(ObjectClass.PUBLIC_KEY, label).id()),
        Attribute.of(CKA_EC_PARAMS, P256.parameters()),
        Attribute.of(CKA_VERIFY, true),
        Attribute.of(CKA_DERIVE, false),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  private static Template certificateTemplate(String label, X509Certificate certificate) {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.CERTIFICATE.code()),
        Attribute.of(CKA_CERTIFICATE_TYPE, CKC_X_509),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, false),
        Attribute.of(CKA_LABEL, label),
        Attribute.of(CKA_ID, new KeyRef(ObjectClass.CERTIFICATE, label).id()),
        Attribute.of(CKA_SUBJECT, certificate.getSubjectX500Principal().getEncoded()),
        Attribute.of(CKA_ISSUER, certificate.getIssuerX500Principal().getEncoded()),
        Attribute.of(CKA_SERIAL_NUMBER, der(certificate.getSerialNumber())),
        Attribute.of(CKA_VALUE, SelfSigned.encoded(certificate)),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  private static byte[] der(BigInteger number) {
    var bytes = number.toByteArray();
    var der = new byte[bytes.length + 2];
    der[0] = 2;
    der[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, der, 2, bytes.length);
    return der;
  }

  /// The public key.
  ///
  /// @throws KeyNotFound if there is no such key
  public ECPublicKey publicKey(String label) {
    return P256.publicKey(
        P256.ofAttribute(read(new KeyRef(ObjectClass.PUBLIC_KEY, own(label)), CKA_EC_POINT)));
  }

  /// Whether the private key is there; looked for anew.
  public boolean has(String label) {
    return token.reading(lease -> lease.find(policy.ref(own(label))).isPresent());
  }

  /// The self-signed certificate made with the key; looked for anew.
  ///
  /// @throws KeyNotFound if there is none
  public X509Certificate certificate(String label) {
    var der = read(new KeyRef(ObjectClass.CERTIFICATE, own(label)), CKA_VALUE);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new KeyPolicyViolation(
          new Finding(label, "CKA_VALUE", "a certificate", "not readable"));
    }
  }

  private String own(String label) {
    if (!policy.names(label)) {
      throw new IllegalArgumentException(
          "a key named %s is needed here, not '%s'".formatted(policy.label("N"), label));
    }
    return label;
  }

  private byte[] read(KeyRef ref, Cka type) {
    return token.reading(
        lease ->
            bytes(lease, lease.find(ref).orElseThrow(() -> new KeyNotFound(ref.label())), type));
  }

  private static byte[] bytes(SessionLease lease, long object, Cka type) {
    return lease.read(object, List.of(type)).getFirst() instanceof AttributeReading.Value value
        ? value.attribute().value()
        : new byte[0];
  }

  /// SHA-256 with ECDSA as `r || s`, 64 bytes (IEEE P1363; what JWS ES256 wants).
  ///
  /// @throws KeyNotFound if there is no such key
  public byte[] sign(String label, byte[] data) {
    return sign(RAW, label, data);
  }

  /// SHA-256 with ECDSA as a DER sequence (what X.509 and CMS want).
  ///
  /// @throws KeyNotFound if there is no such key
  public byte[] signDer(String label, byte[] data) {
    return sign(DER, label, data);
  }

  private byte[] sign(String algorithm, String label, byte[] data) {
    own(label);
    return token
        .limits()
        .using(
            label,
            () ->
                token.withJca(
                    view -> {
                      var signature = Signature.getInstance(algorithm, view.provider());
                      signature.initSign(privateKey(view, label));
                      signature.update(data);
                      return signature.sign();
                    }));
  }

  /// Lends the key to JCA for one call, which is not repeated after a loss.
  ///
  /// @throws KeyNotFound if there is no such key
  public <T, E extends Exception> T withSigner(String label, SignerUse<T, E> use) throws E {
    own(label);
    token.withJca(view -> privateKey(view, label));
    return token.lendJca(view -> use.use(lent(view, label), view.provider()));
  }

  private static PrivateKey lent(JcaView view, String label) {
    try {
      return privateKey(view, label);
    } catch (GeneralSecurityException e) {
      throw JcaFault.of(e);
    }
  }

  private static PrivateKey privateKey(JcaView view, String label) throws GeneralSecurityException {
    return view.privateKey(label).orElseThrow(() -> new KeyNotFound(label));
  }

  /// Whether there is anything of the key: itself, its public half or its certificate; looked for anew.
  public boolean hasAnyOf(String label) {
    own(label);
    return token.reading(
        lease -> objects(label).stream().anyMatch(object -> lease.find(object).isPresent()));
  }

  /// Destroys the key, its public half and its certificate, in this order: what signs is gone first, and the
  /// certificate, by which people know the key, last. A process that ends between leaves something that can be
  /// destroyed by the same call.
  ///
  /// @throws KeyNotFound if there is nothing of it
  public void destroy(String label) {
    own(label);
    token.alone(
        lease -> {
          var left =
              objects(label).stream().filter(object -> lease.find(object).isPresent()).toList();
          if (left.isEmpty()) {
            throw new KeyNotFound(label);
          }
          left.forEach(lease::destroy);
          lease.forgetJca();
          return label;
        });
  }

  private List<KeyRef> objects(String label) {
    return List.of(
        policy.ref(label),
        new KeyRef(ObjectClass.PUBLIC_KEY, label),
        new KeyRef(ObjectClass.CERTIFICATE, label));
  }
}
