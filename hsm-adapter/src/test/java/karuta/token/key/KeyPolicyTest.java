package karuta.token.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Mechanism;
import karuta.token.Finding;
import karuta.token.Token;
import karuta.token.TokenRole;
import karuta.token.TokenSettings;
import karuta.token.testing.FakeBench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The policy's rows, written down a second time: nobody changes what a key may do by changing one list.
class KeyPolicyTest {
  private static final Set<Cka> TRUE =
      EnumSet.of(Cka.CKA_TOKEN, Cka.CKA_PRIVATE, Cka.CKA_SENSITIVE);

  private static final Set<Cka> FALSE =
      EnumSet.of(
          Cka.CKA_EXTRACTABLE,
          Cka.CKA_MODIFIABLE,
          Cka.CKA_COPYABLE,
          Cka.CKA_DERIVE,
          Cka.CKA_WRAP,
          Cka.CKA_UNWRAP,
          Cka.CKA_ENCRYPT,
          Cka.CKA_DECRYPT);

  private static final Set<KeyPolicy> PAIRS =
      EnumSet.of(KeyPolicy.ISSUER, KeyPolicy.RECEIPT, KeyPolicy.SEAL);

  /// What private keys do not have (PKCS#11 v2.40, section 4.9).
  private static final Set<Cka> OF_SECRETS_ONLY = EnumSet.of(Cka.CKA_WRAP, Cka.CKA_ENCRYPT);

  @ParameterizedTest
  @EnumSource(KeyPolicy.class)
  void everyKeyIsPrivateFixedAndKept(KeyPolicy policy) {
    var asked = policy.template("a key");
    var signs = PAIRS.contains(policy);
    assertThat(TRUE).allMatch(type -> asked.get(type).orElseThrow().isTrue());
    assertThat(FALSE)
        .filteredOn(type -> !signs || !OF_SECRETS_ONLY.contains(type))
        .noneMatch(type -> asked.get(type).orElseThrow().isTrue());
    assertThat(asked.get(Cka.CKA_ALLOWED_MECHANISMS))
        .contains(
            Attribute.of(Cka.CKA_ALLOWED_MECHANISMS, signs ? Ckm.CKM_ECDSA : Ckm.CKM_SHA256_HMAC));
  }

  @ParameterizedTest
  @EnumSource(KeyPolicy.class)
  void eachKeyMayDoOneThing(KeyPolicy policy) {
    var asked = policy.template("a key");
    var verifies = policy == KeyPolicy.BOOK_VERIFYING;
    assertThat(asked.get(Cka.CKA_SIGN)).contains(Attribute.of(Cka.CKA_SIGN, !verifies));
    assertThat(asked.get(Cka.CKA_VERIFY).filter(Attribute::isTrue).isPresent()).isEqualTo(verifies);
  }

  @ParameterizedTest
  @EnumSource(KeyPolicy.class)
  void whatIsAskedIsWhatIsAudited(KeyPolicy policy) {
    assertThat(policy.expected())
        .containsAll(
            policy.template("a key").without(Cka.CKA_LABEL).without(Cka.CKA_ID).attributes())
        .contains(
            Attribute.of(Cka.CKA_ALWAYS_SENSITIVE, true),
            Attribute.of(Cka.CKA_NEVER_EXTRACTABLE, true),
            Attribute.of(
                Cka.CKA_LOCAL,
                policy != KeyPolicy.BOOK_SIGNING && policy != KeyPolicy.BOOK_VERIFYING));
  }

  @ParameterizedTest
  @CsvSource({
    "issuer-1, ISSUER, ISSUER",
    "receipt-1, RECEIPT, VERIFIER",
    "seal-1, SEAL, VERIFIER",
    "book-e1, , ",
    "layout-b1, , ",
    "sealed-1, , "
  })
  void aPairIsToldByItsLabel(String label, KeyPolicy policy, TokenRole role) {
    var told = KeyPolicy.ofPair(label);
    assertThat(told).isEqualTo(Optional.ofNullable(policy));
    assertThat(told.map(KeyPolicy::role)).isEqualTo(Optional.ofNullable(role));
  }

  static Stream<Arguments> everySwitch() {
    return Stream.of(KeyPolicy.values())
        .flatMap(
            policy ->
                policy.template("a key").attributes().stream()
                    .filter(attribute -> attribute.type().shape() == Cka.Shape.BOOL)
                    .map(attribute -> Arguments.of(policy, attribute.type())));
  }

  @ParameterizedTest
  @MethodSource("everySwitch")
  void theAuditNamesEverySwitchThatIsTheOtherWay(KeyPolicy policy, Cka type) {
    try (var bench = new FakeBench()) {
      var name = bench.initialise("karuta");
      try (var token =
          Token.open(
              bench.module(),
              name,
              bench.pin(),
              TokenSettings.defaults(),
              InstantSource.system())) {
        var asked = policy.template("a key");
        var wrong = asked.with(Attribute.of(type, !asked.get(type).orElseThrow().isTrue()));
        var generate = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);
        var findings =
            token.<List<Finding>>alone(
                lease -> {
                  var key = lease.cryptoki().generateKey(lease.session(), generate, wrong);
                  return policy.audit(lease, key, "a key");
                });
        assertThat(findings).extracting(Finding::attribute).contains(type.name());
      }
    }
  }
}
