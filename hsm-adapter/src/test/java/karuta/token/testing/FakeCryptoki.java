package karuta.token.testing;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.agreement.Kdf;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Cryptoki;
import karuta.cryptoki.KeyPairHandles;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.ModuleInfo;
import karuta.cryptoki.SessionInfo;
import karuta.cryptoki.Template;
import karuta.cryptoki.TokenInfo;
import karuta.cryptoki.UserType;
import karuta.secret.SecretBytes;
import karuta.token.key.TokenKdf;
import org.jspecify.annotations.Nullable;

/// A token that keeps to the protocol: logins, read-only sessions, running operations, session objects, permissions,
/// and handles that are small numbers and name other things after the module is initialised again.
///
/// What would kill the JVM with a real library is kept apart, in [FakeMisuse]: two threads in one session, a session
/// closed in use, `C_Finalize` beside a running call. What a *bad* token does is a quirk, set from outside.
public final class FakeCryptoki implements Cryptoki {
  /// What a token may do that the standard does not want.
  public enum Quirk {
    /// A wrong MAC is `CKR_DEVICE_ERROR`, as NSS says.
    WRONG_MAC_IS_A_FAULT,
    /// A key is changed and copied whatever `CKA_MODIFIABLE` and `CKA_COPYABLE` say.
    NOTHING_IS_FIXED,
    /// `CKA_COPYABLE` is not known.
    COPYABLE_UNKNOWN,
    /// `CKA_DERIVE` is not known.
    DERIVE_UNKNOWN,
    /// `CKA_SIGN` is true whatever was asked.
    EVERYTHING_SIGNS,
    /// `CKA_EC_POINT` is the bare point.
    RAW_EC_POINT
  }

  private static final TokenKdf NULL = TokenKdf.standard(Kdf.CKD_NULL);
  private static final byte[] OCTET_STRING_OF_65 = {4, 65};
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
  private final Set<String> usedUp = new HashSet<>();
  private final Map<Long, Kdf> kdfs = new HashMap<>(Map.of(NULL.number(), Kdf.CKD_NULL));
  private final List<FakeSlot> slots = new ArrayList<>();
  private final Map<Long, FakeSession> sessions = new HashMap<>();
  private final Map<Long, FakeObject> handles = new HashMap<>();
  private final FakeMisuse misuse = new FakeMisuse();
  private int epoch;
  private long lastHandle;
  private boolean initialised;

  public FakeCryptoki() {
    for (var slot = 1; slot <= 4; slot++) {
      slots.add(new FakeSlot(slot));
    }
  }

  public synchronized void quirk(Quirk quirk) {
    quirks.add(quirk);
  }

  /// The key of this label is at a limit that the token keeps on its uses, or no more.
  public synchronized void limit(String label, boolean reached) {
    if (reached) {
      usedUp.add(label);
    } else {
      usedUp.remove(label);
    }
  }

  /// Fails as a use of this key does.
  synchronized void requireUses(CkFunction function, String label) {
    require(!usedUp.contains(label), function, Ckr.CKR_KEY_NOT_ACTIVE);
  }

  /// It derives by these numbers only.
  ///
  /// @param having what it computes for each
  public synchronized void kdfs(Map<Long, Kdf> having) {
    kdfs.clear();
    kdfs.putAll(having);
  }

  /// It derives by these of the standard's numbers only.
  public void kdfs(Kdf... having) {
    kdfs(
        Stream.of(having)
            .collect(Collectors.toMap(kdf -> TokenKdf.standard(kdf).number(), kdf -> kdf)));
  }

  /// What was done that a real library does not survive.
  public List<String> misuse() {
    return misuse.seen();
  }

  /// All sessions vanish, and with them the login, as after a cut line.
  public synchronized void dropSessions() {
    sessions.clear();
    slots.forEach(FakeSlot::logout);
  }

  /// The private key of a label, for a fake of JCA.
  synchronized Optional<java.security.PrivateKey> privateKey(long slot, String label) {
    return slot(CkFunction.C_Sign, slot).objects().stream()
        .filter(object -> object.label().equals(label))
        .flatMap(object -> object.privateKey().stream())
        .findFirst();
  }

  private <T> T call(CkFunction function, long session, java.util.function.Supplier<T> body) {
    return misuse.during(
        function,
        session,
        () -> {
          synchronized (this) {
            if (!initialised && function != CkFunction.C_Initialize) {
              throw new CkException(function, Ckr.CKR_CRYPTOKI_NOT_INITIALIZED);
            }
            return body.get();
          }
        });
  }

  private void run(CkFunction function, long session, Runnable body) {
    call(
        function,
        session,
        () -> {
          body.run();
          return true;
        });
  }

  private static void require(boolean good, CkFunction function, Ckr otherwise) {
    if (!good) {
      throw new CkException(function, otherwise);
    }
  }

  private FakeSlot slot(CkFunction function, long number) {
    return slots.stream()
        .filter(slot -> slot.number(epoch) == number)
        .findFirst()
        .orElseThrow(() -> new CkException(function, Ckr.CKR_SLOT_ID_INVALID));
  }

  private FakeSession session(CkFunction function, long handle) {
    return Optional.ofNullable(sessions.get(handle))
        .orElseThrow(() -> new CkException(function, Ckr.CKR_SESSION_HANDLE_INVALID));
  }

  private FakeObject object(CkFunction function, FakeSession session, long handle, Ckr otherwise) {
    var object = handles.get(handle);
    require(object != null && visible(session, object), function, otherwise);
    return Objects.requireNonNull(object);
  }

  private FakeObject key(
      CkFunction function, FakeSession session, long handle, Cka right, Ckm mechanism) {
    var key = object(function, session, handle, Ckr.CKR_KEY_HANDLE_INVALID);
    require(key.is(right), function, Ckr.CKR_KEY_FUNCTION_NOT_PERMITTED);
    require(key.allows(mechanism), function, Ckr.CKR_MECHANISM_INVALID);
    requireUses(function, key.label());
    return key;
  }

  private Stream<FakeObject> objects(FakeSlot slot) {
    return Stream.concat(
        slot.objects().stream(),
        sessions.values().stream()
            .filter(session -> session.slot == slot)
            .flatMap(session -> session.objects.stream()));
  }

  private boolean visible(FakeSession session, FakeObject object) {
    return objects(session.slot).anyMatch(object::equals)
        && (!object.is(Cka.CKA_PRIVATE) || session.slot.userLoggedIn());
  }

  private long handle(FakeObject object) {
    for (var known : handles.entrySet()) {
      if (known.getValue() == object) {
        return known.getKey();
      }
    }
    handles.put(++lastHandle, object);
    return lastHandle;
  }

  private long keep(CkFunction function, FakeSession session, FakeObject object) {
    require(
        !object.is(Cka.CKA_PRIVATE) || session.slot.userLoggedIn(),
        function,
        Ckr.CKR_USER_NOT_LOGGED_IN);
    if (object.is(Cka.CKA_TOKEN)) {
      require(session.readWrite, function, Ckr.CKR_SESSION_READ_ONLY);
      session.slot.objects().add(object);
    } else {
      session.objects.add(object);
    }
    return handle(object);
  }

  private FakeObject made(CkFunction function, Template template, boolean here) {
    var object = new FakeObject(function, template);
    if (quirks.contains(Quirk.EVERYTHING_SIGNS)) {
      object.set(Attribute.of(Cka.CKA_SIGN, true));
    }
    object.set(Attribute.of(Cka.CKA_LOCAL, here));
    object.set(Attribute.of(Cka.CKA_ALWAYS_SENSITIVE, object.is(Cka.CKA_SENSITIVE)));
    object.set(Attribute.of(Cka.CKA_NEVER_EXTRACTABLE, !object.is(Cka.CKA_EXTRACTABLE)));
    return object;
  }

  @Override
  public void initialize() {
    run(
        CkFunction.C_Initialize,
        0,
        () -> {
          require(!initialised, CkFunction.C_Initialize, Ckr.CKR_CRYPTOKI_ALREADY_INITIALIZED);
          initialised = true;
          epoch++;
          lastHandle = 0;
        });
  }

  @Override
  public void shutDown() {
    misuse.alone(CkFunction.C_Finalize);
    run(
        CkFunction.C_Finalize,
        0,
        () -> {
          initialised = false;
          dropSessions();
          handles.clear();
          // The next epoch hands the same numbers out in another order.
          slots.forEach(slot -> java.util.Collections.reverse(slot.objects()));
        });
  }

  @Override
  public ModuleInfo getInfo() {
    return call(CkFunction.C_GetInfo, 0, () -> new ModuleInfo("2.40", "Karuta", "fake", "1.0"));
  }

  @Override
  public long[] getSlotList(boolean tokenPresent) {
    return call(
        CkFunction.C_GetSlotList,
        0,
        () -> slots.stream().mapToLong(slot -> slot.number(epoch)).toArray());
  }

  @Override
  public TokenInfo getTokenInfo(long number) {
    return call(
        CkFunction.C_GetTokenInfo,
        0,
        () -> {
          var slot = slot(CkFunction.C_GetTokenInfo, number);
          var flags = 0x4L | (slot.initialised() ? 0x400L : 0);
          return new TokenInfo(slot.label(), "Karuta", "fake", slot.serial(), flags, 0, "1.0");
        });
  }

  @Override
  public long[] getMechanismList(long slot) {
    return call(
        CkFunction.C_GetMechanismList,
        0,
        () -> Stream.of(Ckm.values()).mapToLong(Ckm::code).toArray());
  }

  @Override
  public void initToken(long slot, SecretBytes soPin, String label) {
    run(
        CkFunction.C_InitToken,
        0,
        () -> slot(CkFunction.C_InitToken, slot).initialise(soPin.toArray(), label));
  }

  @Override
  public void initPin(long session, SecretBytes pin) {
    run(
        CkFunction.C_InitPIN,
        session,
        () -> {
          var slot = session(CkFunction.C_InitPIN, session).slot;
          require(slot.officerLoggedIn(), CkFunction.C_InitPIN, Ckr.CKR_USER_NOT_LOGGED_IN);
          slot.userPin(pin.toArray());
        });
  }

  @Override
  public void setPin(long session, SecretBytes oldPin, SecretBytes newPin) {
    run(
        CkFunction.C_SetPIN,
        session,
        () -> {
          var slot = session(CkFunction.C_SetPIN, session).slot;
          require(slot.isUserPin(oldPin.toArray()), CkFunction.C_SetPIN, Ckr.CKR_PIN_INCORRECT);
          slot.userPin(newPin.toArray());
        });
  }

  @Override
  public long openSession(long slot, boolean readWrite) {
    return call(
        CkFunction.C_OpenSession,
        0,
        () -> {
          var opened = new FakeSession(slot(CkFunction.C_OpenSession, slot), readWrite);
          sessions.put(++lastHandle, opened);
          return lastHandle;
        });
  }

  @Override
  public void closeSession(long session) {
    misuse.closes(session);
    run(
        CkFunction.C_CloseSession,
        session,
        () -> {
          var slot = session(CkFunction.C_CloseSession, session).slot;
          sessions.remove(session);
          if (sessions.values().stream().noneMatch(other -> other.slot == slot)) {
            slot.logout();
          }
        });
  }

  @Override
  public void closeAllSessions(long number) {
    misuse.alone(CkFunction.C_CloseAllSessions);
    run(
        CkFunction.C_CloseAllSessions,
        0,
        () -> {
          var slot = slot(CkFunction.C_CloseAllSessions, number);
          sessions.values().removeIf(session -> session.slot == slot);
          slot.logout();
        });
  }

  @Override
  public SessionInfo getSessionInfo(long session) {
    return call(
        CkFunction.C_GetSessionInfo,
        session,
        () -> {
          var open = session(CkFunction.C_GetSessionInfo, session);
          var state = (open.readWrite ? 2 : 0) + (open.slot.userLoggedIn() ? 1 : 0);
          return new SessionInfo(open.slot.number(epoch), state);
        });
  }

  @Override
  public void login(long session, UserType user, SecretBytes pin) {
    run(
        CkFunction.C_Login,
        session,
        () -> {
          var slot = session(CkFunction.C_Login, session).slot;
          require(!slot.userLoggedIn(), CkFunction.C_Login, Ckr.CKR_USER_ALREADY_LOGGED_IN);
          var typed = pin.toArray();
          var right = user == UserType.USER ? slot.isUserPin(typed) : slot.isSoPin(typed);
          require(right, CkFunction.C_Login, Ckr.CKR_PIN_INCORRECT);
          if (user == UserType.USER) {
            slot.loginUser();
          } else {
            slot.loginOfficer();
          }
        });
  }

  @Override
  public void logout(long session) {
    run(
        CkFunction.C_Logout,
        session,
        () -> {
          var slot = session(CkFunction.C_Logout, session).slot;
          slot.logout();
          sessions.values().stream()
              .filter(other -> other.slot == slot)
              .forEach(other -> other.objects.removeIf(object -> object.is(Cka.CKA_PRIVATE)));
        });
  }

  @Override
  public long createObject(long session, Template template) {
    return call(
        CkFunction.C_CreateObject,
        session,
        () -> {
          var object = new FakeObject(CkFunction.C_CreateObject, template);
          return keep(
              CkFunction.C_CreateObject, session(CkFunction.C_CreateObject, session), object);
        });
  }

  @Override
  public long copyObject(long session, long handle, Template changes) {
    return call(
        CkFunction.C_CopyObject,
        session,
        () -> {
          var open = session(CkFunction.C_CopyObject, session);
          var original =
              object(CkFunction.C_CopyObject, open, handle, Ckr.CKR_OBJECT_HANDLE_INVALID);
          require(
              changeable(original, Cka.CKA_COPYABLE),
              CkFunction.C_CopyObject,
              Ckr.CKR_ACTION_PROHIBITED);
          var copy = new FakeObject(original);
          changes.attributes().forEach(copy::set);
          return keep(CkFunction.C_CopyObject, open, copy);
        });
  }

  private boolean changeable(FakeObject object, Cka flag) {
    return object.is(flag) || quirks.contains(Quirk.NOTHING_IS_FIXED);
  }

  @Override
  public void destroyObject(long session, long handle) {
    run(
        CkFunction.C_DestroyObject,
        session,
        () -> {
          var open = session(CkFunction.C_DestroyObject, session);
          var object =
              object(CkFunction.C_DestroyObject, open, handle, Ckr.CKR_OBJECT_HANDLE_INVALID);
          require(
              open.readWrite || !object.is(Cka.CKA_TOKEN),
              CkFunction.C_DestroyObject,
              Ckr.CKR_SESSION_READ_ONLY);
          Predicate<FakeObject> same = object::equals;
          open.slot.objects().removeIf(same);
          sessions.values().forEach(other -> other.objects.removeIf(same));
          handles.remove(handle);
        });
  }

  @Override
  public List<AttributeReading> getAttributeValue(long session, long handle, List<Cka> types) {
    return call(
        CkFunction.C_GetAttributeValue,
        session,
        () -> {
          var open = session(CkFunction.C_GetAttributeValue, session);
          var object =
              object(CkFunction.C_GetAttributeValue, open, handle, Ckr.CKR_OBJECT_HANDLE_INVALID);
          return types.stream().map(type -> reading(object, type)).toList();
        });
  }

  private AttributeReading reading(FakeObject object, Cka type) {
    if (type == Cka.CKA_VALUE && object.isSecret()) {
      return new AttributeReading.Sensitive();
    }
    if ((type == Cka.CKA_COPYABLE && quirks.contains(Quirk.COPYABLE_UNKNOWN))
        || (type == Cka.CKA_DERIVE && quirks.contains(Quirk.DERIVE_UNKNOWN))) {
      return new AttributeReading.Unknown();
    }
    return object
        .get(type)
        .map(AttributeReading.Value::new)
        .map(AttributeReading.class::cast)
        .orElseGet(AttributeReading.Unknown::new);
  }

  @Override
  public void setAttributeValue(long session, long handle, Template changes) {
    run(
        CkFunction.C_SetAttributeValue,
        session,
        () -> {
          var open = session(CkFunction.C_SetAttributeValue, session);
          var object =
              object(CkFunction.C_SetAttributeValue, open, handle, Ckr.CKR_OBJECT_HANDLE_INVALID);
          require(
              open.readWrite || !object.is(Cka.CKA_TOKEN),
              CkFunction.C_SetAttributeValue,
              Ckr.CKR_SESSION_READ_ONLY);
          require(
              changeable(object, Cka.CKA_MODIFIABLE),
              CkFunction.C_SetAttributeValue,
              Ckr.CKR_ACTION_PROHIBITED);
          changes.attributes().forEach(object::set);
        });
  }

  @Override
  public void findObjectsInit(long session, Template template) {
    run(
        CkFunction.C_FindObjectsInit,
        session,
        () -> {
          var open = session(CkFunction.C_FindObjectsInit, session);
          require(open.found == null, CkFunction.C_FindObjectsInit, Ckr.CKR_OPERATION_ACTIVE);
          open.found(
              objects(open.slot)
                  .filter(object -> visible(open, object) && object.fits(template))
                  .map(this::handle)
                  .toList());
        });
  }

  @Override
  public long[] findObjects(long session, int most) {
    return call(
        CkFunction.C_FindObjects,
        session,
        () -> {
          var found =
              active(CkFunction.C_FindObjects, session(CkFunction.C_FindObjects, session).found);
          return Stream.generate(found::poll)
              .limit(Math.min(most, found.size()))
              .mapToLong(Long::longValue)
              .toArray();
        });
  }

  @Override
  public void findObjectsFinal(long session) {
    run(
        CkFunction.C_FindObjectsFinal,
        session,
        () -> session(CkFunction.C_FindObjectsFinal, session).found = null);
  }

  private static <T> T active(CkFunction function, @Nullable T operation) {
    require(operation != null, function, Ckr.CKR_OPERATION_NOT_INITIALIZED);
    return Objects.requireNonNull(operation);
  }

  @Override
  public void signInit(long session, Mechanism mechanism, long handle) {
    run(
        CkFunction.C_SignInit,
        session,
        () -> {
          var open = session(CkFunction.C_SignInit, session);
          require(open.signing == null, CkFunction.C_SignInit, Ckr.CKR_OPERATION_ACTIVE);
          var key = key(CkFunction.C_SignInit, open, handle, Cka.CKA_SIGN, mechanism.type());
          open.signing = new FakeSession.Operation(mechanism, key);
        });
  }

  @Override
  public byte[] sign(long session, SecretBytes data) {
    return call(
        CkFunction.C_Sign,
        session,
        () -> {
          var open = session(CkFunction.C_Sign, session);
          var operation = active(CkFunction.C_Sign, open.signing);
          open.signing = null;
          return operation.mechanism().type() == Ckm.CKM_ECDSA
              ? FakeCrypto.ecdsa(operation.key().privateKey().orElseThrow(), data.toArray())
              : FakeCrypto.hmac(operation.key().secret(), data.toArray());
        });
  }

  @Override
  public void verifyInit(long session, Mechanism mechanism, long handle) {
    run(
        CkFunction.C_VerifyInit,
        session,
        () -> {
          var open = session(CkFunction.C_VerifyInit, session);
          require(open.verifying == null, CkFunction.C_VerifyInit, Ckr.CKR_OPERATION_ACTIVE);
          var key = key(CkFunction.C_VerifyInit, open, handle, Cka.CKA_VERIFY, mechanism.type());
          open.verifying = new FakeSession.Operation(mechanism, key);
        });
  }

  @Override
  public void verify(long session, SecretBytes data, byte[] signature) {
    run(
        CkFunction.C_Verify,
        session,
        () -> {
          var open = session(CkFunction.C_Verify, session);
          var operation = active(CkFunction.C_Verify, open.verifying);
          open.verifying = null;
          var right = FakeCrypto.hmac(operation.key().secret(), data.toArray());
          require(
              signature.length == right.length, CkFunction.C_Verify, Ckr.CKR_SIGNATURE_LEN_RANGE);
          require(
              MessageDigest.isEqual(right, signature),
              CkFunction.C_Verify,
              quirks.contains(Quirk.WRONG_MAC_IS_A_FAULT)
                  ? Ckr.CKR_DEVICE_ERROR
                  : Ckr.CKR_SIGNATURE_INVALID);
        });
  }

  @Override
  public long generateKey(long session, Mechanism mechanism, Template template) {
    return call(
        CkFunction.C_GenerateKey,
        session,
        () -> {
          var key = made(CkFunction.C_GenerateKey, template, true);
          key.holds(random(32));
          return keep(CkFunction.C_GenerateKey, session(CkFunction.C_GenerateKey, session), key);
        });
  }

  private static byte[] random(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  @Override
  public KeyPairHandles generateKeyPair(
      long session, Mechanism mechanism, Template publicTemplate, Template privateTemplate) {
    return call(
        CkFunction.C_GenerateKeyPair,
        session,
        () -> {
          var open = session(CkFunction.C_GenerateKeyPair, session);
          var pair = FakeCrypto.pair();
          var priv = made(CkFunction.C_GenerateKeyPair, privateTemplate, true);
          priv.holds(pair.getPrivate());
          var pub = made(CkFunction.C_GenerateKeyPair, publicTemplate, true);
          pub.set(Attribute.of(Cka.CKA_KEY_TYPE, KeyType.EC.code()));
          pub.set(Attribute.of(Cka.CKA_EC_POINT, encoded(FakeCrypto.point(pair))));
          return new KeyPairHandles(
              keep(CkFunction.C_GenerateKeyPair, open, pub),
              keep(CkFunction.C_GenerateKeyPair, open, priv));
        });
  }

  private byte[] encoded(byte[] point) {
    if (quirks.contains(Quirk.RAW_EC_POINT)) {
      return point;
    }
    var der = new byte[point.length + OCTET_STRING_OF_65.length];
    System.arraycopy(OCTET_STRING_OF_65, 0, der, 0, OCTET_STRING_OF_65.length);
    System.arraycopy(point, 0, der, OCTET_STRING_OF_65.length, point.length);
    return der;
  }

  @Override
  public byte[] wrapKey(long session, Mechanism mechanism, long wrapping, long handle) {
    return call(
        CkFunction.C_WrapKey,
        session,
        () -> {
          var open = session(CkFunction.C_WrapKey, session);
          key(CkFunction.C_WrapKey, open, wrapping, Cka.CKA_WRAP, mechanism.type());
          var key = object(CkFunction.C_WrapKey, open, handle, Ckr.CKR_KEY_HANDLE_INVALID);
          require(key.is(Cka.CKA_EXTRACTABLE), CkFunction.C_WrapKey, Ckr.CKR_KEY_UNEXTRACTABLE);
          return random(40);
        });
  }

  @Override
  public long deriveKey(long session, Mechanism mechanism, long base, Template template) {
    return call(
        CkFunction.C_DeriveKey,
        session,
        () -> {
          var open = session(CkFunction.C_DeriveKey, session);
          var ecdh = (Mechanism.Ecdh1) mechanism;
          var key = key(CkFunction.C_DeriveKey, open, base, Cka.CKA_DERIVE, Ckm.CKM_ECDH1_DERIVE);
          var kdf = Optional.ofNullable(kdfs.get(ecdh.kdf()));
          require(kdf.isPresent(), CkFunction.C_DeriveKey, Ckr.CKR_MECHANISM_PARAM_INVALID);
          var derived = made(CkFunction.C_DeriveKey, template, false);
          derived.holds(
              FakeCrypto.agree(
                  key.privateKey().orElseThrow(), ecdh.peerPoint(), kdf.orElseThrow()));
          return keep(CkFunction.C_DeriveKey, open, derived);
        });
  }

  @Override
  public byte[] generateRandom(long session, int bytes) {
    return call(
        CkFunction.C_GenerateRandom,
        session,
        () -> {
          session(CkFunction.C_GenerateRandom, session);
          return random(bytes);
        });
  }
}
