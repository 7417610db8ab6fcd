package karuta.cryptoki;

import java.util.List;
import karuta.secret.SecretBytes;

/// PKCS#11 v2.40 as far as Karuta uses it: a method for each function of [CkFunction], Java types, and a [CkException]
/// for every code but `CKR_OK`.
///
/// This is the seam: tests put a token of their own behind it. It knows no policy, keeps no state, and does nothing
/// twice. Handles are bare numbers here; who keeps one must know that it may name something else after the module was
/// initialised again.
public interface Cryptoki {
  /// `C_Initialize` with `CKF_OS_LOCKING_OK`. Without arguments SoftHSM switches its locks off.
  void initialize();

  /// `C_Finalize`.
  void shutDown();

  ModuleInfo getInfo();

  /// Slot numbers.
  ///
  /// @param tokenPresent only slots with a token in them
  long[] getSlotList(boolean tokenPresent);

  TokenInfo getTokenInfo(long slot);

  /// Mechanism numbers.
  long[] getMechanismList(long slot);

  void initToken(long slot, SecretBytes soPin, String label);

  void initPin(long session, SecretBytes pin);

  void setPin(long session, SecretBytes oldPin, SecretBytes newPin);

  long openSession(long slot, boolean readWrite);

  void closeSession(long session);

  void closeAllSessions(long slot);

  SessionInfo getSessionInfo(long session);

  void login(long session, UserType user, SecretBytes pin);

  void logout(long session);

  long createObject(long session, Template template);

  long copyObject(long session, long object, Template changes);

  void destroyObject(long session, long object);

  /// One reading for each type, in the same order.
  List<AttributeReading> getAttributeValue(long session, long object, List<Cka> types);

  void setAttributeValue(long session, long object, Template changes);

  void findObjectsInit(long session, Template template);

  /// At most `most` handles; none when the search is over.
  long[] findObjects(long session, int most);

  void findObjectsFinal(long session);

  void signInit(long session, Mechanism mechanism, long key);

  byte[] sign(long session, SecretBytes data);

  void verifyInit(long session, Mechanism mechanism, long key);

  /// Returns if the signature is right; `CKR_SIGNATURE_INVALID` and `CKR_SIGNATURE_LEN_RANGE` come as exceptions like
  /// every other code.
  void verify(long session, SecretBytes data, byte[] signature);

  long generateKey(long session, Mechanism mechanism, Template template);

  KeyPairHandles generateKeyPair(
      long session, Mechanism mechanism, Template publicTemplate, Template privateTemplate);

  byte[] wrapKey(long session, Mechanism mechanism, long wrappingKey, long key);

  long deriveKey(long session, Mechanism mechanism, long baseKey, Template template);

  byte[] generateRandom(long session, int bytes);
}
