package karuta.token;

import static karuta.token.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;
import karuta.token.testing.Bench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import karuta.token.verifier.VerifierToken;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every token must do for Karuta, whatever it is made of.
abstract class TokenContract {
  static final EpochId EPOCH = SoftHsmServer.EPOCH;
  static final byte[] ANSWER = "an answer".getBytes(StandardCharsets.UTF_8);

  private static final BatchId BATCH = new BatchId("b1");
  private static final Mechanism HMAC = new Mechanism.Plain(Ckm.CKM_SHA256_HMAC);

  TokenPair pair;
  byte[] checkValue;

  abstract Bench newBench();

  /// What a key gets wrapped with: p11-kit's server passes on only mechanisms it knows.
  Ckr refusalToWrap() {
    return Ckr.CKR_KEY_UNEXTRACTABLE;
  }

  @BeforeEach
  void agree() {
    pair = TokenPair.on(newBench());
    checkValue = pair.agree(EPOCH);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private VerifierToken verifier() {
    return pair.verifier();
  }

  private Pkcs11Module module() {
    return pair.bench().module();
  }

  private Verdict verify(byte[] tag) {
    return PlainInput.verify(verifier(), EPOCH, ANSWER, tag);
  }

  private byte[] tag() {
    return PlainInput.tag(pair.issuer(), EPOCH, ANSWER);
  }

  // Verdicts

  @Test
  void aTagOfTheIssuerIsRightAtTheVerifier() {
    assertThat(verify(tag())).isEqualTo(Verdict.RIGHT);
    assertThat(verifier().verifyCheckValue(EPOCH, checkValue)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aTagWithAnyBitChangedIsWrong() {
    var tag = tag();
    for (var bit = 0; bit < 8 * tag.length; bit += 7) {
      var changed = tag.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verify(changed)).isEqualTo(Verdict.WRONG);
    }
    assertThat(PlainInput.verify(verifier(), EPOCH, new byte[9], tag)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aTagOfAnotherLengthIsWrong() {
    for (var length : new int[] {0, 1, 31, 33, 64}) {
      assertThat(verify(Arrays.copyOf(tag(), length))).isEqualTo(Verdict.WRONG);
    }
    assertThat(verify(tag())).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void noVerdictComesBeforeASelfTest() {
    var untested = new VerifierToken(verifier().token());
    assertThatExceptionOfType(TokenUntrusted.class)
        .isThrownBy(() -> PlainInput.verify(untested, EPOCH, ANSWER, tag()));
    assertThat(untested.selfTest(EPOCH, checkValue)).allMatch(Check::passed);
    assertThat(PlainInput.verify(untested, EPOCH, ANSWER, tag())).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aSelfTestWithAForeignCheckValueFailsAndClosesTheGate() {
    var foreign = checkValue.clone();
    foreign[5] ^= 4;
    assertThat(verifier().selfTest(EPOCH, foreign))
        .filteredOn(check -> !check.passed())
        .extracting(Check::name)
        .contains("a right MAC is right");
    assertThatExceptionOfType(TokenUntrusted.class).isThrownBy(() -> verify(tag()));
  }

  @Test
  void aKeyThatIsNotThereIsNotFound() {
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> PlainInput.tag(pair.issuer(), new EpochId("none"), ANSWER))
        .satisfies(e -> assertThat(e.label()).isEqualTo("book-none"));
    assertThat(pair.issuer().hasBookKey(new EpochId("none"))).isFalse();
  }

  // The verify-only key

  @Test
  void theVerifyOnlyKeyStaysVerifyOnly() {
    verifier()
        .token()
        .alone(
            lease -> {
              var cryptoki = lease.cryptoki();
              var session = lease.session();
              var key = lease.resolve(KeyRef.secret("book-e1"));
              assertRefused(
                  Ckr.CKR_KEY_FUNCTION_NOT_PERMITTED, () -> cryptoki.signInit(session, HMAC, key));
              for (var type : List.of(Cka.CKA_SIGN, Cka.CKA_MODIFIABLE, Cka.CKA_COPYABLE)) {
                var change = Template.of(Attribute.of(type, true));
                assertRefused(
                    Ckr.CKR_ACTION_PROHIBITED,
                    () -> cryptoki.setAttributeValue(session, key, change));
                assertRefused(
                    Ckr.CKR_ACTION_PROHIBITED, () -> cryptoki.copyObject(session, key, change));
              }
              assertThat(lease.read(key, List.of(Cka.CKA_VALUE)).getFirst())
                  .isEqualTo(new AttributeReading.Sensitive());
              assertRefused(
                  Ckr.CKR_MECHANISM_INVALID,
                  () -> cryptoki.verifyInit(session, new Mechanism.Plain(Ckm.CKM_SHA_1_HMAC), key));
              assertRefused(refusalToWrap(), () -> wrap(lease, key));
              return key;
            });
    assertThat(verify(tag())).isEqualTo(Verdict.RIGHT);
    assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, Set.of("book-e1"))).isEmpty();
  }

  private static void wrap(SessionLease lease, long key) {
    var template =
        Template.of(
            Attribute.of(Cka.CKA_CLASS, ObjectClass.SECRET_KEY.code()),
            Attribute.of(Cka.CKA_KEY_TYPE, KeyType.AES.code()),
            Attribute.of(Cka.CKA_VALUE_LEN, 32),
            Attribute.of(Cka.CKA_WRAP, true));
    var generate = new Mechanism.Plain(Ckm.CKM_AES_KEY_GEN);
    var wrapping = lease.cryptoki().generateKey(lease.session(), generate, template);
    lease
        .cryptoki()
        .wrapKey(lease.session(), new Mechanism.Plain(Ckm.CKM_AES_KEY_WRAP), wrapping, key);
  }

  @Test
  void aReadOnlySessionChangesNothing() {
    verifier()
        .token()
        .reading(
            lease -> {
              var key = lease.resolve(KeyRef.secret("book-e1"));
              var signing = Template.of(Attribute.of(Cka.CKA_SIGN, true));
              assertRefused(
                  Set.of(Ckr.CKR_SESSION_READ_ONLY, Ckr.CKR_ACTION_PROHIBITED),
                  () -> lease.cryptoki().setAttributeValue(lease.session(), key, signing));
              assertRefused(
                  Ckr.CKR_SESSION_READ_ONLY,
                  () -> lease.cryptoki().destroyObject(lease.session(), key));
              return key;
            });
  }

  // Layout keys

  @Test
  void aLayoutKeyGivesTheSameStreamForTheSameInput() {
    pair.issuer().makeLayoutKey(BATCH);
    var stream = PlainInput.stream(pair.issuer(), BATCH, ANSWER);
    assertThat(stream).hasSize(32).isEqualTo(PlainInput.stream(pair.issuer(), BATCH, ANSWER));
    assertThat(stream).isNotEqualTo(PlainInput.stream(pair.issuer(), BATCH, new byte[9]));
    assertThat(stream).isNotEqualTo(tag());
  }

  @Test
  void aLayoutKeyIsNotMadeTwiceUnderOneName() {
    pair.issuer().makeLayoutKey(BATCH);
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.issuer().makeLayoutKey(BATCH))
        .withMessageContaining("layout-b1");
  }

  @Test
  void aKeyMadeBesideAnotherOfItsNameIsGivenUp() {
    var twin = KeyPolicy.LAYOUT.template("layout-b1");
    var generate = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);
    var first = new AtomicBoolean(true);
    pair.bench()
        .faults()
        .before(
            CkFunction.C_GenerateKey,
            () -> {
              if (first.getAndSet(false)) {
                Behind.itsBack(
                    module(),
                    pair.issuer().token().name(),
                    (cryptoki, slot) -> {
                      var session = cryptoki.openSession(slot, true);
                      cryptoki.generateKey(session, generate, twin);
                      cryptoki.closeSession(session);
                    });
              }
            });
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.issuer().makeLayoutKey(BATCH))
        .withMessage("layout-b1: presence should be one key but is 2 keys");
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, Set.of("book-e1", "layout-b1")))
        .as("the other's key stays")
        .isEmpty();
  }

  @Test
  void aKeyReplacedByAnotherProcessIsStillDestroyed() {
    pair.issuer().makeLayoutKey(BATCH);
    PlainInput.stream(pair.issuer(), BATCH, ANSWER);
    Behind.itsBack(
        module(),
        pair.issuer().token().name(),
        (cryptoki, slot) -> {
          var session = cryptoki.openSession(slot, true);
          cryptoki.findObjectsInit(session, KeyRef.secret("layout-b1").search());
          var old = cryptoki.findObjects(session, 1)[0];
          cryptoki.findObjectsFinal(session);
          cryptoki.destroyObject(session, old);
          cryptoki.generateKey(
              session,
              new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN),
              KeyPolicy.LAYOUT.template("layout-b1"));
          cryptoki.closeSession(session);
        });
    pair.issuer().destroyLayoutKey(BATCH);
    assertThat(pair.issuer().hasLayoutKey(BATCH)).isFalse();
  }

  @Test
  void aDestroyedLayoutKeyIsGone() {
    pair.issuer().makeLayoutKey(BATCH);
    assertThat(pair.issuer().hasLayoutKey(BATCH)).isTrue();
    pair.issuer().destroyLayoutKey(BATCH);
    assertThat(pair.issuer().hasLayoutKey(BATCH)).isFalse();
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> PlainInput.stream(pair.issuer(), BATCH, ANSWER));
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> pair.issuer().destroyLayoutKey(BATCH));
  }

  // Signatures and randomness

  @Test
  void aReceiptKeySignsInBothForms() throws Exception {
    var key = verifier().receipts().make(1);
    assertThat(verifier().receipts().publicKey("receipt-1")).isEqualTo(key);
    var raw = Signature.getInstance("SHA256withECDSAinP1363Format");
    raw.initVerify(key);
    raw.update(ANSWER);
    assertThat(raw.verify(verifier().receipts().sign("receipt-1", ANSWER))).isTrue();
    var der = Signature.getInstance("SHA256withECDSA");
    der.initVerify(verifier().receipts().certificate("receipt-1"));
    der.update(ANSWER);
    assertThat(der.verify(verifier().receipts().signDer("receipt-1", ANSWER))).isTrue();
  }

  @Test
  void receiptsAndSealsAreSignedByKeysOfTheirOwn() throws Exception {
    var receipts = verifier().receipts();
    var seals = verifier().seals();
    assertThat(receipts.make(1)).isNotEqualTo(seals.make(1));
    var raw = Signature.getInstance("SHA256withECDSAinP1363Format");
    raw.initVerify(seals.publicKey("seal-1"));
    raw.update(ANSWER);
    assertThat(raw.verify(seals.sign("seal-1", ANSWER))).isTrue();
    var expected = Set.of("book-e1", "receipt-1", "seal-1");
    assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, expected)).isEmpty();
    seals.destroy("seal-1");
    assertThat(seals.has("seal-1")).isFalse();
    assertThat(receipts.sign("receipt-1", ANSWER)).hasSize(64);
  }

  /// A process that ends between two of them leaves what the same call takes away.
  @Test
  void whatIsLeftOfASigningKeyIsDestroyedByTheSameCall() {
    var receipts = verifier().receipts();
    for (var destroyed : List.of(1, 2)) {
      receipts.make(1);
      var objects =
          List.of(
              new KeyRef(ObjectClass.PRIVATE_KEY, "receipt-1"),
              new KeyRef(ObjectClass.PUBLIC_KEY, "receipt-1"));
      verifier()
          .token()
          .alone(
              lease -> {
                objects.subList(0, destroyed).forEach(lease::destroy);
                return destroyed;
              });
      assertThat(receipts.has("receipt-1")).isFalse();
      assertThat(receipts.hasAnyOf("receipt-1")).isTrue();
      assertThat(receipts.certificate("receipt-1")).isNotNull();
      receipts.destroy("receipt-1");
      assertThat(receipts.hasAnyOf("receipt-1")).isFalse();
      assertThatExceptionOfType(KeyNotFound.class).isThrownBy(() -> receipts.destroy("receipt-1"));
    }
  }

  /// The token has both, so only the name keeps a receipt from being signed as a seal.
  @Test
  void aLabelOfAnotherKindIsRefused() {
    verifier().receipts().make(1);
    verifier().seals().make(1);
    var receipts = verifier().receipts();
    for (var use :
        List.<ThrowingCallable>of(
            () -> receipts.sign("seal-1", ANSWER),
            () -> receipts.signDer("seal-1", ANSWER),
            () -> receipts.publicKey("seal-1"),
            () -> receipts.certificate("seal-1"),
            () -> receipts.has("seal-1"),
            () -> receipts.withSigner("seal-1", (key, provider) -> key),
            () -> receipts.destroy("seal-1"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(use)
          .withMessage("a key named receipt-N is needed here, not 'seal-1'");
    }
    assertThat(verifier().seals().has("seal-1")).isTrue();
  }

  @Test
  void aSealKeySpeaksForAVerifierToken() {
    var issuer = pair.issuer().token();
    assertThat(issuer.reading(KeyAudit::witnesses)).doesNotContainKey(TokenRole.VERIFIER);
    new SigningKeys(issuer, KeyPolicy.SEAL).make(1);
    assertThat(issuer.reading(KeyAudit::witnesses)).containsEntry(TokenRole.VERIFIER, "seal-1");
    assertThat(KeyAudit.of(issuer, TokenRole.ISSUER, Set.of("book-e1")))
        .containsExactly(new Finding("seal-1", "presence", "absent", "on the token"));
  }

  @Test
  void theCertificateBesideAKeyIsItsOwn() throws Exception {
    var key = pair.issuer().signing().make(3);
    var certificate = pair.issuer().signing().certificate("issuer-3");
    certificate.verify(key);
    assertThat(certificate.getPublicKey().getEncoded()).isEqualTo(key.getEncoded());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=issuer-3");
  }

  @Test
  void bouncyCastleSignsWithALentKey() throws Exception {
    pair.issuer().signing().make(1);
    var certificate = pair.issuer().signing().certificate("issuer-1");
    var signed =
        pair.issuer()
            .signing()
            .<byte[], Exception>withSigner(
                "issuer-1", (key, provider) -> signedData(key, provider, certificate));
    var signer = new CMSSignedData(signed).getSignerInfos().iterator().next();
    assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate))).isTrue();
  }

  private static byte[] signedData(PrivateKey key, Provider provider, X509Certificate certificate)
      throws Exception {
    var generator = new CMSSignedDataGenerator();
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").setProvider(provider).build(key);
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(signer, certificate));
    return generator.generate(new CMSProcessableByteArray(ANSWER), true).getEncoded();
  }

  @Test
  void aFaultOfTheLendersWorkIsPassedOn() {
    pair.issuer().signing().make(1);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                pair.issuer()
                    .signing()
                    .<String, IOException>withSigner(
                        "issuer-1",
                        (key, provider) -> {
                          throw new IOException("the disk is full");
                        }));
  }

  @Test
  void aSigningKeyIsMadeOnceAndDestroyedWithItsCompanions() {
    pair.issuer().signing().make(1);
    pair.issuer().signing().sign("issuer-1", ANSWER);
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.issuer().signing().make(1));
    pair.issuer().signing().destroy("issuer-1");
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> pair.issuer().signing().sign("issuer-1", ANSWER));
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, Set.of("book-e1"))).isEmpty();
  }

  @Test
  void aSigningKeyNobodyMadeIsNotFound() {
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> verifier().receipts().sign("receipt-9", ANSWER));
    assertThatExceptionOfType(KeyNotFound.class)
        .isThrownBy(() -> verifier().receipts().publicKey("receipt-9"));
  }

  @Test
  void theTokenGivesRandomBytes() {
    assertThat(pair.issuer().random(48)).hasSize(48).isNotEqualTo(pair.issuer().random(48));
    assertThat(pair.issuer().random(10)).isNotEqualTo(pair.issuer().random(10));
  }

  // Audit

  @Test
  void theAuditComparesBothWays() {
    verifier().receipts().make(1);
    var token = verifier().token();
    assertThat(KeyAudit.of(token, TokenRole.VERIFIER, Set.of("book-e1", "receipt-1"))).isEmpty();
    assertThat(KeyAudit.of(token, TokenRole.VERIFIER, Set.of("book-e1", "receipt-1", "book-e2")))
        .containsExactly(new Finding("book-e2", "presence", "on the token", "absent"));
    assertThat(KeyAudit.of(token, TokenRole.VERIFIER, Set.of("book-e1")))
        .containsExactly(new Finding("receipt-1", "presence", "absent", "on the token"));
  }

  @Test
  void theAuditNamesAPrivateKeyThatCanDerive() {
    try (var held = verifier().token().hold()) {
      held.alone(EphemeralPair::make);
      assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, Set.of("book-e1")))
          .contains(new Finding("karuta key agreement", "CKA_DERIVE", "false", "true"));
    }
    assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, Set.of("book-e1"))).isEmpty();
  }

  @Test
  void theAuditNamesASecondKeyOfOneName() {
    var twin = KeyPolicy.LAYOUT.template("layout-b1");
    var generate = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);
    pair.issuer().makeLayoutKey(BATCH);
    pair.issuer()
        .token()
        .alone(lease -> lease.cryptoki().generateKey(lease.session(), generate, twin));
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, Set.of("book-e1", "layout-b1")))
        .containsExactly(new Finding("layout-b1", "presence", "one key", "another of that name"));
  }

  @Test
  void theAuditNamesASigningTwinOnTheVerifier() {
    var twin = KeyPolicy.LAYOUT.template("twin").without(Cka.CKA_MODIFIABLE);
    var generate = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);
    verifier()
        .token()
        .alone(lease -> lease.cryptoki().generateKey(lease.session(), generate, twin));
    assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, Set.of("book-e1")))
        .contains(
            new Finding("twin", "CKA_SIGN", "false", "true"),
            new Finding("twin", "CKA_MODIFIABLE", "false", "true"),
            new Finding("twin", "presence", "absent", "on the token"));
  }

  // Losses

  @Test
  void lostSessionsAreReplaced() {
    var tag = tag();
    verifier().receipts().make(1);
    verifier().receipts().sign("receipt-1", ANSWER);
    Behind.itsBack(
        module(), verifier().token().name(), (cryptoki, slot) -> cryptoki.closeAllSessions(slot));
    assertThat(verify(tag)).isEqualTo(Verdict.RIGHT);
    assertThat(verifier().receipts().sign("receipt-1", ANSWER)).hasSize(64);
    assertThat(module().epoch()).as("no restart for that").isEqualTo(1);
  }

  @Test
  void signingAloneNoticesLostSessions() {
    verifier().receipts().make(1);
    verifier().receipts().sign("receipt-1", ANSWER);
    Behind.itsBack(
        module(), verifier().token().name(), (cryptoki, slot) -> cryptoki.closeAllSessions(slot));
    assertThat(verifier().receipts().sign("receipt-1", ANSWER)).hasSize(64);
    assertThat(module().epoch()).as("no restart for that").isEqualTo(1);
  }

  @Test
  void aLostLoginIsMadeAgain() {
    var tag = tag();
    Behind.itsBack(module(), verifier().token().name(), Behind::logOut);
    assertThat(verify(tag)).isEqualTo(Verdict.RIGHT);
    Behind.itsBack(module(), verifier().token().name(), Behind::logOut);
    assertThat(verifier().hasBookKey(EPOCH)).isTrue();
    Behind.itsBack(module(), verifier().token().name(), Behind::logOut);
    assertThat(KeyAudit.of(verifier().token(), TokenRole.VERIFIER, Set.of("book-e1"))).isEmpty();
  }

  @Test
  void everythingWorksInTheNextEpoch() {
    var tag = tag();
    verifier().receipts().make(1);
    var before = module().epoch();
    module().restart(before, Deadline.after(TokenSettings.defaults().deadline()));
    assertThat(module().epoch()).isEqualTo(before + 1);
    assertThat(verify(tag)).isEqualTo(Verdict.RIGHT);
    tag[0] ^= 1;
    assertThat(verify(tag)).isEqualTo(Verdict.WRONG);
    assertThat(verifier().receipts().sign("receipt-1", ANSWER)).hasSize(64);
    assertThat(pair.issuer().random(33)).hasSize(33);
  }

  @Test
  void aHeldSessionDiesWithItsEpoch() {
    try (var held = pair.issuer().token().hold()) {
      assertThat(held.<Long>alone(SessionLease::session)).isPositive();
      module().restart(module().epoch(), Deadline.after(TokenSettings.defaults().deadline()));
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> held.alone(SessionLease::session))
          .withMessageContaining("begin again");
    }
    assertThat(tag()).hasSize(32);
  }

  @Test
  void restartsUnderLoadHarmNobody() throws Exception {
    var right = tag();
    var wrong = tag();
    wrong[31] ^= 1;
    var done = new AtomicInteger();
    IntConsumer work =
        thread -> {
          assertThat(verify(right)).isEqualTo(Verdict.RIGHT);
          assertThat(verify(wrong)).isEqualTo(Verdict.WRONG);
          done.incrementAndGet();
        };
    try (var load = new Load(4, work)) {
      for (var restart = 0; restart < 20; restart++) {
        load.awaitMore(done, 4);
        module().restart(module().epoch(), Deadline.after(TokenSettings.defaults().deadline()));
      }
    }
  }

  // Names and PINs

  @Test
  void aTokenIsFoundByLabelAndSerialOnly() {
    var name = verifier().token().name();
    for (var other :
        List.of(
            new TokenName(name.label(), "0123456789abcdef"),
            new TokenName("another", name.serial()))) {
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> open(other, pair.bench().pin()))
          .withMessageContaining(other.toString());
    }
  }

  private Token open(TokenName name, Supplier<Pin> pin) {
    return Token.open(module(), name, pin, TokenSettings.defaults(), InstantSource.system());
  }

  @Test
  void aWrongPinIsTriedOnceAndNeverAgain() {
    var name = verifier().token().name();
    var right = new AtomicBoolean(true);
    verifier().token().close();
    try (var token =
        open(name, () -> right.get() ? pair.bench().pin().get() : Pin.of("000000".toCharArray()))) {
      right.set(false);
      Behind.itsBack(module(), name, Behind::logOut);
      var logins = pair.bench().faults().calls(CkFunction.C_Login);
      assertThatExceptionOfType(TokenAuthFailed.class).isThrownBy(token::keepAlive);
      assertThat(token.health().state()).isEqualTo(Health.State.LATCHED);
      right.set(true);
      for (var attempt = 0; attempt < 5; attempt++) {
        assertThatExceptionOfType(TokenAuthFailed.class).isThrownBy(token::keepAlive);
      }
      assertThat(pair.bench().faults().calls(CkFunction.C_Login)).isEqualTo(logins + 1);
    }
    assertThatExceptionOfType(TokenAuthFailed.class)
        .isThrownBy(() -> open(name, () -> Pin.of("000000".toCharArray())))
        .withMessageContaining("CKR_PIN_INCORRECT");
  }

  @Test
  void aClosedTokenRefuses() {
    verifier().token().close();
    assertThat(verifier().token().health().state()).isEqualTo(Health.State.CLOSED);
    assertThatThrownBy(() -> verify(new byte[32])).isInstanceOf(IllegalStateException.class);
  }
}
