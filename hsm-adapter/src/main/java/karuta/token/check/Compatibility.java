package karuta.token.check;

import static karuta.cryptoki.Cka.CKA_ALLOWED_MECHANISMS;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_ENCRYPT;
import static karuta.cryptoki.Cka.CKA_KEY_TYPE;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_SIGN;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_VALUE;
import static karuta.cryptoki.Cka.CKA_VALUE_LEN;
import static karuta.cryptoki.Cka.CKA_WRAP;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import karuta.agreement.Kdf;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Check;
import karuta.token.Finding;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyPolicy;
import karuta.token.key.KnownPair;
import karuta.token.key.TokenKdf;
import karuta.token.key.TokenKdfs;

/// Tries on a token everything Karuta asks of one, on session objects, so that nothing is left when the session closes.
///
/// Each row is a claim Karuta rests on; a row that fails names what the token did instead. Where a token refuses the
/// full template the rest is tried with a weaker key, because the other reasons to refuse it are worth knowing too.
public final class Compatibility {
  private static final String LABEL = "karuta compatibility check";

  private final SessionLease lease;
  private final Trial trial;
  private final Collection<TokenKdf> vendors;
  private TokenKdf kdf = TokenKdf.standard(Kdf.CKD_NULL);

  /// The compatibility list (`karuta token check`): everything Karuta asks of a token, tried on objects that vanish
  /// with their session.
  ///
  /// @param vendors the vendor's own numbers for key derivation functions
  public static List<Check> check(Token token, Collection<TokenKdf> vendors) {
    return token.alone(lease -> new Compatibility(lease, vendors).run());
  }

  private Compatibility(SessionLease lease, Collection<TokenKdf> vendors) {
    this.lease = lease;
    this.vendors = List.copyOf(vendors);
    this.trial = new Trial(lease);
  }

  private List<Check> run() {
    var info = lease.info();
    trial.note("private objects need a login", info.loginRequired(), "it asks for none");
    mechanisms();
    trial.gives(
        "it gives random bytes",
        32,
        () -> lease.cryptoki().generateRandom(lease.session(), 32).length);
    layoutKey();
    agreement();
    return trial.checks();
  }

  private void mechanisms() {
    var having = lease.cryptoki().getMechanismList(lease.slot());
    Stream.of(
            Ckm.CKM_SHA256_HMAC,
            Ckm.CKM_GENERIC_SECRET_KEY_GEN,
            Ckm.CKM_EC_KEY_PAIR_GEN,
            Ckm.CKM_ECDH1_DERIVE,
            Ckm.CKM_ECDSA)
        .forEach(
            wanted ->
                trial.note(
                    "it has " + wanted,
                    LongStream.of(having).anyMatch(code -> code == wanted.code()),
                    "it is not in its list"));
  }

  private void layoutKey() {
    trial.gives(
        "a layout key is made as asked and signs",
        CheckValue.BYTES,
        () -> {
          var template = temporary(KeyPolicy.LAYOUT);
          var generate = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);
          return mac(lease.cryptoki().generateKey(lease.session(), generate, template)).length;
        });
  }

  private void agreement() {
    var pair =
        trial
            .made("an EC pair is made as asked", () -> EphemeralPair.make(lease))
            .or(this::weakPair);
    var other = weakPair();
    if (pair.isEmpty() || other.isEmpty()) {
      trial.note("the rest can be tried", false, "there is no EC pair to derive from");
      return;
    }
    kdf = having(pair.get(), other.get());
    knownKey(other.get());
    var verifying =
        trial
            .made(
                "a verify-only key is derived as asked",
                () -> derive(pair.get(), other.get(), temporary(KeyPolicy.BOOK_VERIFYING)))
            .or(() -> weakKey(pair.get(), other.get(), KeyPolicy.BOOK_VERIFYING));
    var signing = weakKey(other.get(), pair.get(), KeyPolicy.BOOK_SIGNING);
    if (verifying.isPresent() && signing.isPresent()) {
      VerdictCheck.verdicts(trial, lease, verifying.get(), mac(signing.get()));
      VerdictCheck.signing(trial, lease, verifying.get());
      staysVerifyOnly(verifying.get());
    } else {
      trial.note("the rest can be tried", false, "no key could be derived");
    }
    pair.get().destroy(lease);
    trial.refused(
        "a destroyed private key derives nothing",
        () -> derive(pair.get(), other.get(), temporary(KeyPolicy.BOOK_VERIFYING)));
  }

  private void staysVerifyOnly(long key) {
    var cryptoki = lease.cryptoki();
    var session = lease.session();
    var signing = Template.of(Attribute.of(CKA_SIGN, true));
    trial.refused("it cannot be changed", () -> cryptoki.setAttributeValue(session, key, signing));
    trial.refused("it cannot be copied", () -> cryptoki.copyObject(session, key, signing));
    trial.refused(
        "it does no other mechanism",
        () -> {
          cryptoki.verifyInit(session, new Mechanism.Plain(Ckm.CKM_SHA_1_HMAC), key);
          try (var input = CheckValue.input()) {
            cryptoki.verify(session, input, new byte[20]);
          }
        });
    trial.gives(
        "its value is withheld",
        (AttributeReading) new AttributeReading.Sensitive(),
        () -> lease.read(key, List.of(CKA_VALUE)).getFirst());
    trial.refused("it cannot be wrapped", () -> wrap(key));
    var findings =
        KeyPolicy.BOOK_VERIFYING.audit(lease, key, LABEL).stream()
            .filter(finding -> !finding.attribute().equals(CKA_TOKEN.name()))
            .map(Finding::toString)
            .toList();
    trial.note(
        "its attributes are what was asked", findings.isEmpty(), String.join("; ", findings));
  }

  private void wrap(long key) {
    var template =
        Template.of(
            Attribute.of(CKA_CLASS, ObjectClass.SECRET_KEY.code()),
            Attribute.of(CKA_KEY_TYPE, KeyType.AES.code()),
            Attribute.of(CKA_TOKEN, false),
            Attribute.of(CKA_VALUE_LEN, 32),
            Attribute.of(CKA_WRAP, true),
            Attribute.of(CKA_ENCRYPT, true));
    var generate = new Mechanism.Plain(Ckm.CKM_AES_KEY_GEN);
    var wrapping = lease.cryptoki().generateKey(lease.session(), generate, template);
    lease
        .cryptoki()
        .wrapKey(lease.session(), new Mechanism.Plain(Ckm.CKM_AES_KEY_WRAP), wrapping, key);
  }

  private byte[] mac(long key) {
    try (var input = CheckValue.input()) {
      return lease.mac(key, input);
    }
  }

  private Long derive(EphemeralPair pair, EphemeralPair other, Template template) {
    return pair.derive(lease, other.publicPoint(), kdf, template);
  }

  /// The key derivation function an agreement would use; an HSM in FIPS mode has no `CKD_NULL`.
  private TokenKdf having(EphemeralPair pair, EphemeralPair other) {
    for (var one : TokenKdfs.candidates(vendors)) {
      kdf = one;
      if (weakKey(pair, other, KeyPolicy.BOOK_VERIFYING).isPresent()) {
        break;
      }
    }
    return kdf;
  }

  /// A token of another vendor derives the same only if both do what the standard says.
  private void knownKey(EphemeralPair pair) {
    var other = KnownPair.make();
    var expected = other.mac(pair.publicPoint(), kdf.computes());
    trial.gives(
        kdf.name() + " derives what " + kdf.computes() + " is",
        true,
        () -> {
          var template = weak(temporary(KeyPolicy.BOOK_SIGNING));
          var key = pair.derive(lease, other.publicPoint(), kdf, template);
          try (var input = KnownPair.input()) {
            return Arrays.equals(expected, lease.mac(key, input));
          }
        });
  }

  private Optional<EphemeralPair> weakPair() {
    return trial.quietly(() -> EphemeralPair.make(lease, weak(EphemeralPair.privateTemplate())));
  }

  private Optional<Long> weakKey(EphemeralPair pair, EphemeralPair other, KeyPolicy policy) {
    return trial.quietly(() -> derive(pair, other, weak(temporary(policy))));
  }

  /// A session object of that kind.
  private static Template temporary(KeyPolicy policy) {
    return policy.template(LABEL).with(Attribute.of(CKA_TOKEN, false));
  }

  /// Without what some tokens refuse.
  private static Template weak(Template template) {
    return template.without(CKA_ALLOWED_MECHANISMS).without(CKA_COPYABLE).without(CKA_MODIFIABLE);
  }
}
