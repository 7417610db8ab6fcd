package karuta.cryptoki;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.secret.SecretBytes;

/// The native side of [Cryptoki], over the Foreign Function & Memory API: the only class that touches native memory.
///
/// Method: `C_GetFunctionList` gives a table of pointers; each line of [CkFunction] becomes one downcall handle, called
/// with `invokeExact` (`invokeWithArguments` costs 8 us a call). Structures are written by offset in the layout of
/// 64-bit Linux and macOS, where `CK_ULONG` has 8 bytes and nothing is packed; Windows differs in both and is refused.
///
/// What breaks if it is changed: PINs and MAC inputs are [SecretBytes] and are read where they stand; everything else
/// of a call, keys' attributes among it, lives in one [Scratch] that is zeroed before it is freed. Calls block, so
/// `Linker.Option.critical` must not be used. And nothing here locks: calling while another thread is in `C_Finalize`
/// or closes the session in use kills the JVM, so callers hold the module's guard.
@SuppressWarnings(
    "restricted") // binding a library is what this class is for; see Enable-Native-Access in the
// manifest
public final class FfmCryptoki implements Cryptoki {
  private static final long CKF_OS_LOCKING_OK = 2;
  private static final long CKF_RW_SESSION = 2;
  private static final long CKF_SERIAL_SESSION = 4;
  private static final int WORD = 8;
  private static final int ATTRIBUTE = 3 * WORD;
  private static final int TOKEN_INFO = 208;
  private static final int SESSION_INFO = 32;
  private static final int INFO = 88;
  private static final int SIGNATURE = 512;
  private static final int WRAPPED = 4096;
  private static final int USUAL_VALUE = 128;
  private static final int LONGEST_VALUE = 1 << 16;

  private final Map<CkFunction, MethodHandle> functions;
  private final Optional<String> initArgs;

  private FfmCryptoki(Map<CkFunction, MethodHandle> functions, Optional<String> initArgs) {
    this.functions = functions;
    this.initArgs = initArgs;
  }

  /// Loads a library; it stays loaded for the life of the JVM.
  ///
  /// @param library absolute path
  /// @param initArgs text for `pReserved` of `C_Initialize`, which NSS wants
  /// @throws IllegalArgumentException if it is not a PKCS#11 library for this platform
  public static FfmCryptoki load(Path library, Optional<String> initArgs) {
    var linker = Linker.nativeLinker();
    var ulong = linker.canonicalLayouts().get("long");
    if (ulong == null || ulong.byteSize() != WORD) {
      throw new IllegalArgumentException("this platform's CK_ULONG has not 8 bytes");
    }
    var getFunctionList =
        SymbolLookup.libraryLookup(library, Arena.global())
            .find("C_GetFunctionList")
            .orElseThrow(
                () -> new IllegalArgumentException(library + " exports no C_GetFunctionList"));
    try (var scratch = new Scratch()) {
      var list = scratch.words(1);
      var handle =
          linker.downcallHandle(getFunctionList, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      var rv = (long) handle.invokeExact(list);
      if (rv != 0) {
        throw new IllegalArgumentException(library + ": C_GetFunctionList gave " + Ckr.of(rv));
      }
      return new FfmCryptoki(bind(linker, list.get(ADDRESS, 0)), initArgs);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing", e);
    }
  }

  /// Over a table of functions that is in memory already.
  static FfmCryptoki over(MemorySegment functionList) {
    return new FfmCryptoki(bind(Linker.nativeLinker(), functionList), Optional.empty());
  }

  @SuppressWarnings(
      "restricted") // the table's length is fixed by the standard: version, padding, 68 pointers
  private static Map<CkFunction, MethodHandle> bind(Linker linker, MemorySegment list) {
    var table = list.reinterpret((1 + 68) * (long) WORD);
    var bound = new EnumMap<CkFunction, MethodHandle>(CkFunction.class);
    for (var function : CkFunction.values()) {
      var pointer = table.get(ADDRESS, (1 + function.index()) * (long) WORD);
      if (pointer.address() != 0) {
        bound.put(function, linker.downcallHandle(pointer, descriptor(function)));
      }
    }
    return bound;
  }

  private static FunctionDescriptor descriptor(CkFunction function) {
    var args =
        function.args().stream()
            .map(
                arg ->
                    switch (arg) {
                      case U -> (MemoryLayout) JAVA_LONG;
                      case P -> ADDRESS;
                      case B -> JAVA_BYTE;
                    })
            .toArray(MemoryLayout[]::new);
    return FunctionDescriptor.of(JAVA_LONG, args);
  }

  @Override
  public void initialize() {
    try (var scratch = new Scratch()) {
      // Four mutex callbacks left NULL, flags, pReserved; NSS reads one pointer more, which must be
      // NULL.
      var args = scratch.words(7);
      args.set(JAVA_LONG, 4 * WORD, CKF_OS_LOCKING_OK);
      initArgs.ifPresent(text -> args.set(ADDRESS, 5 * WORD, scratch.copy(cString(text))));
      call(CkFunction.C_Initialize, h -> (long) h.invokeExact(args));
    }
  }

  private static byte[] cString(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void shutDown() {
    call(CkFunction.C_Finalize, h -> (long) h.invokeExact(MemorySegment.NULL));
  }

  @Override
  public ModuleInfo getInfo() {
    try (var scratch = new Scratch()) {
      var info = scratch.bytes(INFO);
      call(CkFunction.C_GetInfo, h -> (long) h.invokeExact(info));
      return new ModuleInfo(
          version(info, 0), text(info, 2, 32), text(info, 48, 32), version(info, 80));
    }
  }

  @Override
  public long[] getSlotList(boolean tokenPresent) {
    var present = (byte) (tokenPresent ? 1 : 0);
    return numbers(
        CkFunction.C_GetSlotList, (h, list, count) -> (long) h.invokeExact(present, list, count));
  }

  @Override
  public TokenInfo getTokenInfo(long slot) {
    try (var scratch = new Scratch()) {
      var info = scratch.bytes(TOKEN_INFO);
      call(CkFunction.C_GetTokenInfo, h -> (long) h.invokeExact(slot, info));
      return new TokenInfo(
          text(info, 0, 32),
          text(info, 32, 32),
          text(info, 64, 16),
          text(info, 80, 16),
          info.get(JAVA_LONG, 96),
          info.get(JAVA_LONG, 104),
          version(info, 186));
    }
  }

  @Override
  public long[] getMechanismList(long slot) {
    return numbers(
        CkFunction.C_GetMechanismList, (h, list, count) -> (long) h.invokeExact(slot, list, count));
  }

  @Override
  public void initToken(long slot, SecretBytes soPin, String label) {
    var padded = Arrays.copyOf(label.getBytes(StandardCharsets.UTF_8), 32);
    Arrays.fill(padded, label.getBytes(StandardCharsets.UTF_8).length, 32, (byte) ' ');
    try (var scratch = new Scratch()) {
      var pin = soPin.segment();
      var name = scratch.copy(padded);
      var length = (long) soPin.length();
      call(CkFunction.C_InitToken, h -> (long) h.invokeExact(slot, pin, length, name));
    }
  }

  @Override
  public void initPin(long session, SecretBytes pin) {
    var secret = pin.segment();
    var length = (long) pin.length();
    call(CkFunction.C_InitPIN, h -> (long) h.invokeExact(session, secret, length));
  }

  @Override
  public void setPin(long session, SecretBytes oldPin, SecretBytes newPin) {
    var from = oldPin.segment();
    var to = newPin.segment();
    var fromLength = (long) oldPin.length();
    var toLength = (long) newPin.length();
    call(CkFunction.C_SetPIN, h -> (long) h.invokeExact(session, from, fromLength, to, toLength));
  }

  @Override
  public long openSession(long slot, boolean readWrite) {
    var flags = CKF_SERIAL_SESSION | (readWrite ? CKF_RW_SESSION : 0);
    return handle(
        CkFunction.C_OpenSession,
        (h, out) -> (long) h.invokeExact(slot, flags, MemorySegment.NULL, MemorySegment.NULL, out));
  }

  @Override
  public void closeSession(long session) {
    call(CkFunction.C_CloseSession, h -> (long) h.invokeExact(session));
  }

  @Override
  public void closeAllSessions(long slot) {
    call(CkFunction.C_CloseAllSessions, h -> (long) h.invokeExact(slot));
  }

  @Override
  public SessionInfo getSessionInfo(long session) {
    try (var scratch = new Scratch()) {
      var info = scratch.bytes(SESSION_INFO);
      call(CkFunction.C_GetSessionInfo, h -> (long) h.invokeExact(session, info));
      return new SessionInfo(info.get(JAVA_LONG, 0), info.get(JAVA_LONG, WORD));
    }
  }

  @Override
  public void login(long session, UserType user, SecretBytes pin) {
    var secret = pin.segment();
    var length = (long) pin.length();
    var type = user.code();
    call(CkFunction.C_Login, h -> (long) h.invokeExact(session, type, secret, length));
  }

  @Override
  public void logout(long session) {
    call(CkFunction.C_Logout, h -> (long) h.invokeExact(session));
  }

  @Override
  public long createObject(long session, Template template) {
    try (var scratch = new Scratch()) {
      var attributes = scratch.template(template);
      var count = (long) template.attributes().size();
      return handle(
          CkFunction.C_CreateObject,
          (h, out) -> (long) h.invokeExact(session, attributes, count, out));
    }
  }

  @Override
  public long copyObject(long session, long object, Template changes) {
    try (var scratch = new Scratch()) {
      var attributes = scratch.template(changes);
      var count = (long) changes.attributes().size();
      return handle(
          CkFunction.C_CopyObject,
          (h, out) -> (long) h.invokeExact(session, object, attributes, count, out));
    }
  }

  @Override
  public void destroyObject(long session, long object) {
    call(CkFunction.C_DestroyObject, h -> (long) h.invokeExact(session, object));
  }

  /// All at once, with room for what is usual. One code covers a whole call, so those that were not filled in are asked
  /// for again alone; only a long value (a certificate) needs its length first. p11-kit 0.24 breaks off the connection
  /// when lengths of several are asked for without room, which PKCS#11 allows.
  @Override
  public List<AttributeReading> getAttributeValue(long session, long object, List<Cka> types) {
    try (var scratch = new Scratch()) {
      var asked = scratch.words(3 * types.size());
      var rooms = new ArrayList<MemorySegment>(types.size());
      for (var i = 0; i < types.size(); i++) {
        rooms.add(scratch.bytes(USUAL_VALUE));
        ask(asked.asSlice((long) i * ATTRIBUTE, ATTRIBUTE), types.get(i), rooms.get(i));
      }
      read(session, object, asked, types.size());
      var readings = new ArrayList<AttributeReading>(types.size());
      for (var i = 0; i < types.size(); i++) {
        var attribute = asked.asSlice((long) i * ATTRIBUTE, ATTRIBUTE);
        var filled = filled(types.get(i), attribute, rooms.get(i));
        readings.add(filled.orElseGet(alone(session, object, types.get(i))));
      }
      return List.copyOf(readings);
    }
  }

  private Supplier<AttributeReading> alone(long session, long object, Cka type) {
    return () -> {
      try (var scratch = new Scratch()) {
        var one = scratch.words(3);
        var room = scratch.bytes(USUAL_VALUE);
        ask(one, type, room);
        var reason = read(session, object, one, 1);
        if (reason == Ckr.CKR_BUFFER_TOO_SMALL) {
          ask(one, type, MemorySegment.NULL);
          reason = read(session, object, one, 1);
          var length = one.get(JAVA_LONG, 2 * WORD);
          if (reason == Ckr.CKR_OK && length >= 0 && length <= LONGEST_VALUE) {
            room = scratch.bytes(length);
            ask(one, type, room);
            reason = read(session, object, one, 1);
          }
        }
        return switch (reason) {
          case CKR_OK -> filled(type, one, room).orElseGet(AttributeReading.Unknown::new);
          case CKR_ATTRIBUTE_SENSITIVE -> new AttributeReading.Sensitive();
          default -> new AttributeReading.Unknown();
        };
      }
    };
  }

  private static void ask(MemorySegment attribute, Cka type, MemorySegment room) {
    attribute.set(JAVA_LONG, 0, type.code());
    attribute.set(ADDRESS, WORD, room);
    attribute.set(JAVA_LONG, 2 * WORD, room.byteSize());
  }

  /// A token may leave the length it would have needed instead of `CK_UNAVAILABLE_INFORMATION`: what does not fit into
  /// the room was not filled in, and what lies behind the room is never read.
  private static Optional<AttributeReading> filled(
      Cka type, MemorySegment attribute, MemorySegment room) {
    var length = attribute.get(JAVA_LONG, 2 * WORD);
    if (length < 0 || length > room.byteSize()) {
      return Optional.empty();
    }
    var value = room.asSlice(0, length).toArray(JAVA_BYTE);
    return Optional.of(new AttributeReading.Value(Attribute.of(type, value)));
  }

  /// `C_GetAttributeValue` fills in what it can when it returns one of these codes.
  private Ckr read(long session, long object, MemorySegment attributes, long count) {
    try {
      call(
          CkFunction.C_GetAttributeValue,
          h -> (long) h.invokeExact(session, object, attributes, count));
      return Ckr.CKR_OK;
    } catch (CkException e) {
      return switch (e.ckr()) {
        case CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID, CKR_BUFFER_TOO_SMALL -> e.ckr();
        default -> throw e;
      };
    }
  }

  @Override
  public void setAttributeValue(long session, long object, Template changes) {
    try (var scratch = new Scratch()) {
      var attributes = scratch.template(changes);
      var count = (long) changes.attributes().size();
      call(
          CkFunction.C_SetAttributeValue,
          h -> (long) h.invokeExact(session, object, attributes, count));
    }
  }

  @Override
  public void findObjectsInit(long session, Template template) {
    try (var scratch = new Scratch()) {
      var attributes = scratch.template(template);
      var count = (long) template.attributes().size();
      call(CkFunction.C_FindObjectsInit, h -> (long) h.invokeExact(session, attributes, count));
    }
  }

  @Override
  public long[] findObjects(long session, int most) {
    try (var scratch = new Scratch()) {
      var handles = scratch.words(most);
      var count = scratch.words(1);
      var room = (long) most;
      call(CkFunction.C_FindObjects, h -> (long) h.invokeExact(session, handles, room, count));
      return handles.asSlice(0, count.get(JAVA_LONG, 0) * WORD).toArray(JAVA_LONG);
    }
  }

  @Override
  public void findObjectsFinal(long session) {
    call(CkFunction.C_FindObjectsFinal, h -> (long) h.invokeExact(session));
  }

  @Override
  public void signInit(long session, Mechanism mechanism, long key) {
    init(CkFunction.C_SignInit, session, mechanism, key);
  }

  @Override
  public void verifyInit(long session, Mechanism mechanism, long key) {
    init(CkFunction.C_VerifyInit, session, mechanism, key);
  }

  private void init(CkFunction function, long session, Mechanism mechanism, long key) {
    try (var scratch = new Scratch()) {
      var struct = scratch.mechanism(mechanism);
      call(function, h -> (long) h.invokeExact(session, struct, key));
    }
  }

  @Override
  public byte[] sign(long session, SecretBytes data) {
    var in = data.segment();
    var inLength = (long) data.length();
    return output(
        CkFunction.C_Sign,
        SIGNATURE,
        (h, out, length) -> (long) h.invokeExact(session, in, inLength, out, length));
  }

  @Override
  public void verify(long session, SecretBytes data, byte[] signature) {
    try (var scratch = new Scratch()) {
      var in = data.segment();
      var inLength = (long) data.length();
      var claimed = scratch.copy(signature);
      var claimedLength = (long) signature.length;
      call(
          CkFunction.C_Verify,
          h -> (long) h.invokeExact(session, in, inLength, claimed, claimedLength));
    }
  }

  @Override
  public long generateKey(long session, Mechanism mechanism, Template template) {
    try (var scratch = new Scratch()) {
      var struct = scratch.mechanism(mechanism);
      var attributes = scratch.template(template);
      var count = (long) template.attributes().size();
      return handle(
          CkFunction.C_GenerateKey,
          (h, out) -> (long) h.invokeExact(session, struct, attributes, count, out));
    }
  }

  @Override
  public KeyPairHandles generateKeyPair(
      long session, Mechanism mechanism, Template publicTemplate, Template privateTemplate) {
    try (var scratch = new Scratch()) {
      var struct = scratch.mechanism(mechanism);
      var pub = scratch.template(publicTemplate);
      var pubCount = (long) publicTemplate.attributes().size();
      var priv = scratch.template(privateTemplate);
      var privCount = (long) privateTemplate.attributes().size();
      var pubOut = scratch.words(1);
      var privOut = scratch.words(1);
      call(
          CkFunction.C_GenerateKeyPair,
          h ->
              (long)
                  h.invokeExact(session, struct, pub, pubCount, priv, privCount, pubOut, privOut));
      return new KeyPairHandles(pubOut.get(JAVA_LONG, 0), privOut.get(JAVA_LONG, 0));
    }
  }

  @Override
  public byte[] wrapKey(long session, Mechanism mechanism, long wrappingKey, long key) {
    try (var scratch = new Scratch()) {
      var struct = scratch.mechanism(mechanism);
      return output(
          CkFunction.C_WrapKey,
          WRAPPED,
          (h, out, length) -> (long) h.invokeExact(session, struct, wrappingKey, key, out, length));
    }
  }

  @Override
  public long deriveKey(long session, Mechanism mechanism, long baseKey, Template template) {
    try (var scratch = new Scratch()) {
      var struct = scratch.mechanism(mechanism);
      var attributes = scratch.template(template);
      var count = (long) template.attributes().size();
      return handle(
          CkFunction.C_DeriveKey,
          (h, out) -> (long) h.invokeExact(session, struct, baseKey, attributes, count, out));
    }
  }

  @Override
  public byte[] generateRandom(long session, int bytes) {
    try (var scratch = new Scratch()) {
      var out = scratch.bytes(bytes);
      var length = (long) bytes;
      call(CkFunction.C_GenerateRandom, h -> (long) h.invokeExact(session, out, length));
      return out.toArray(JAVA_BYTE);
    }
  }

  /// The three shapes of a call: codes only, with one handle out, with a buffer and its length out.
  private interface Call {
    long rv(MethodHandle handle) throws Throwable;
  }

  private interface HandleCall {
    long rv(MethodHandle handle, MemorySegment out) throws Throwable;
  }

  private interface BufferCall {
    long rv(MethodHandle handle, MemorySegment out, MemorySegment length) throws Throwable;
  }

  private void call(CkFunction function, Call call) {
    MethodHandle handle = functions.get(function);
    if (handle == null) {
      throw new CkException(function, Ckr.CKR_FUNCTION_NOT_SUPPORTED);
    }
    long rv;
    try {
      rv = call.rv(handle);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing", e);
    }
    if (rv != 0) {
      throw new CkException(function, rv);
    }
  }

  private long handle(CkFunction function, HandleCall call) {
    try (var scratch = new Scratch()) {
      var out = scratch.words(1);
      call(function, h -> call.rv(h, out));
      return out.get(JAVA_LONG, 0);
    }
  }

  private byte[] output(CkFunction function, int room, BufferCall call) {
    try (var scratch = new Scratch()) {
      var out = scratch.bytes(room);
      var length = scratch.words(1);
      length.set(JAVA_LONG, 0, room);
      call(function, h -> call.rv(h, out, length));
      return out.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    }
  }

  /// Asks how many, then for as many; asks again if there are more by then.
  private long[] numbers(CkFunction function, BufferCall call) {
    while (true) {
      try (var scratch = new Scratch()) {
        var count = scratch.words(1);
        call(function, h -> call.rv(h, MemorySegment.NULL, count));
        var list = scratch.words((int) count.get(JAVA_LONG, 0));
        call(function, h -> call.rv(h, list, count));
        return list.asSlice(0, count.get(JAVA_LONG, 0) * WORD).toArray(JAVA_LONG);
      } catch (CkException e) {
        if (e.ckr() != Ckr.CKR_BUFFER_TOO_SMALL) {
          throw e;
        }
      }
    }
  }

  private static String text(MemorySegment struct, long offset, long length) {
    var bytes = struct.asSlice(offset, length).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).strip().replace("\0", "");
  }

  private static String version(MemorySegment struct, long offset) {
    return struct.get(JAVA_BYTE, offset) + "." + struct.get(JAVA_BYTE, offset + 1);
  }

  /// The native memory of one call, zeroed before it is freed.
  private static final class Scratch implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> segments = new ArrayList<>(4);

    MemorySegment bytes(long length) {
      var segment = arena.allocate(Math.max(length, 1), WORD);
      segments.add(segment);
      return segment.asSlice(0, length);
    }

    MemorySegment words(int count) {
      return bytes((long) count * WORD);
    }

    MemorySegment copy(byte[] value) {
      var segment = bytes(value.length);
      MemorySegment.copy(value, 0, segment, JAVA_BYTE, 0, value.length);
      return segment;
    }

    MemorySegment template(Template template) {
      var attributes = template.attributes();
      var struct = words(3 * attributes.size());
      for (var i = 0; i < attributes.size(); i++) {
        var value = attributes.get(i).value();
        var offset = (long) i * ATTRIBUTE;
        struct.set(JAVA_LONG, offset, attributes.get(i).type().code());
        struct.set(ADDRESS, offset + WORD, copy(value));
        struct.set(JAVA_LONG, offset + 2 * WORD, value.length);
      }
      return struct;
    }

    MemorySegment mechanism(Mechanism mechanism) {
      var struct = words(3);
      struct.set(JAVA_LONG, 0, mechanism.type().code());
      if (mechanism instanceof Mechanism.Ecdh1 ecdh) {
        var point = ecdh.peerPoint();
        var parameters = words(5);
        parameters.set(JAVA_LONG, 0, ecdh.kdf());
        parameters.set(JAVA_LONG, 3 * WORD, point.length);
        parameters.set(ADDRESS, 4 * WORD, copy(point));
        struct.set(ADDRESS, WORD, parameters);
        struct.set(JAVA_LONG, 2 * WORD, parameters.byteSize());
      }
      return struct;
    }

    @Override
    public void close() {
      segments.forEach(segment -> segment.fill((byte) 0));
      arena.close();
    }
  }
}
