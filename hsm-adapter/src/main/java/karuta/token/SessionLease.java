package karuta.token;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Cryptoki;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.Template;
import karuta.cryptoki.TokenInfo;
import karuta.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/// The right to use one session, for one thread and one call. The module cannot be restarted while it is held, so the
/// handles it gives are good until it ends, and using it after that throws.
public final class SessionLease {
  private static final Mechanism HMAC = new Mechanism.Plain(Ckm.CKM_SHA256_HMAC);
  private static final int FOUND_AT_ONCE = 64;

  private final Connection connection;
  private final long session;
  private @Nullable Thread holder = Thread.currentThread();

  SessionLease(Connection connection, long session) {
    this.connection = connection;
    this.session = session;
  }

  void end() {
    holder = null;
  }

  /// The session's handle.
  public long session() {
    if (holder != Thread.currentThread()) {
      throw new IllegalStateException("the session is leased to another thread or given back");
    }
    return session;
  }

  public Cryptoki cryptoki() {
    return connection.cryptoki();
  }

  /// The slot the token is in, until the next recovery.
  public long slot() {
    return connection.slot();
  }

  /// What the token says of itself.
  public TokenInfo info() {
    return connection.info();
  }

  /// Another number after every recovery, whatever was lost: what was learnt of the token under another one must be
  /// learnt again.
  public long incarnation() {
    return connection.incarnation();
  }

  /// The handle of a key that must be there; looked for once in each epoch, because a search opens every object.
  ///
  /// @throws KeyNotFound if the token, logged in and answering, has none
  /// @throws KeyPolicyViolation if it has more than one
  public long resolve(KeyRef ref) {
    var known = connection.handles().get(ref);
    if (known != null) {
      return known;
    }
    var handle = find(ref).orElseThrow(() -> new KeyNotFound(ref.label()));
    connection.handles().put(ref, handle);
    return handle;
  }

  /// The handle of a key that may be there; always looked for anew.
  ///
  /// @throws KeyPolicyViolation if there is more than one
  public OptionalLong find(KeyRef ref) {
    var found = findAll(ref.search());
    if (found.size() > 1) {
      throw new KeyPolicyViolation(
          new Finding(ref.label(), "presence", "one key", found.size() + " keys"));
    }
    return found.stream().mapToLong(Long::longValue).findFirst();
  }

  /// Every object that fits. An empty answer is believed only from a token that is logged in and there: SoftHSM gives
  /// `CKR_OK` and nothing to who is not logged in.
  public List<Long> findAll(Template template) {
    var found = new ArrayList<Long>();
    cryptoki().findObjectsInit(session(), template);
    try {
      long[] some;
      do {
        some = cryptoki().findObjects(session(), FOUND_AT_ONCE);
        LongStream.of(some).forEach(found::add);
      } while (some.length > 0);
    } finally {
      cryptoki().findObjectsFinal(session());
    }
    if (found.isEmpty()) {
      requirePresence();
    }
    return found;
  }

  /// Asks the token whether it is there and knows us.
  ///
  /// @throws CkException if the user is not logged in or the token's store is gone
  public void requirePresence() {
    var info = cryptoki().getTokenInfo(connection.slot());
    if (info.loginRequired() && !cryptoki().getSessionInfo(session()).userLoggedIn()) {
      throw new CkException(CkFunction.C_FindObjects, Ckr.CKR_USER_NOT_LOGGED_IN);
    }
  }

  public List<AttributeReading> read(long object, List<Cka> types) {
    return cryptoki().getAttributeValue(session(), object, types);
  }

  /// Destroys a key that must be there; looked for anew, because another process may have replaced it.
  ///
  /// @throws KeyNotFound if the token has none
  /// @throws KeyPolicyViolation if it has more than one
  public void destroy(KeyRef ref) {
    connection.handles().remove(ref);
    var handle = find(ref).orElseThrow(() -> new KeyNotFound(ref.label()));
    cryptoki().destroyObject(session(), handle);
  }

  /// Destroys what was made in vain. Each object is tried; what fails is added to the reason.
  public void undo(RuntimeException reason, long... objects) {
    for (var object : objects) {
      try {
        cryptoki().destroyObject(session(), object);
      } catch (CkException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /// JCA remembers private keys; after one was destroyed its view is thrown away.
  public void forgetJca() {
    connection.retireJca();
  }

  /// HMAC-SHA-256 of `data`, 32 bytes.
  public byte[] mac(long key, SecretBytes data) {
    cryptoki().signInit(session(), HMAC, key);
    return cryptoki().sign(session(), data);
  }

  /// HMAC-SHA-256 (PKCS#11 v2.40 current mechanisms, section 2.14): right, wrong, or an exception. This is the one
  /// place where a code becomes a verdict.
  public Verdict verify(long key, SecretBytes data, byte[] tag) {
    cryptoki().verifyInit(session(), HMAC, key);
    try {
      cryptoki().verify(session(), data, tag);
      return Verdict.RIGHT;
    } catch (CkException e) {
      return switch (e.ckr()) {
        case CKR_SIGNATURE_INVALID, CKR_SIGNATURE_LEN_RANGE -> Verdict.WRONG;
        default -> throw e;
      };
    }
  }
}
