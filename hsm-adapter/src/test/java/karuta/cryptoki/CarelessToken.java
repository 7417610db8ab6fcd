package karuta.cryptoki;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A function table with one function in it: a `C_GetAttributeValue` that says `CKR_BUFFER_TOO_SMALL` and leaves the
/// length it wants, as some tokens do, where PKCS#11 v2.40 wants `CK_UNAVAILABLE_INFORMATION`.
@SuppressWarnings("restricted") // a table of native functions is what this class makes
final class CarelessToken {
  private static final int FUNCTIONS = 68;

  private final long wanted;

  private CarelessToken(long wanted) {
    this.wanted = wanted;
  }

  /// @param wanted what every attribute's length is said to be
  static FfmCryptoki wanting(long wanted, Arena arena) throws ReflectiveOperationException {
    var signature =
        MethodType.methodType(long.class, long.class, long.class, MemorySegment.class, long.class);
    var read =
        MethodHandles.lookup().bind(new CarelessToken(wanted), "getAttributeValue", signature);
    var descriptor = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    var list = arena.allocate((1 + FUNCTIONS) * ADDRESS.byteSize(), ADDRESS.byteSize());
    list.set(
        ADDRESS,
        (1 + CkFunction.C_GetAttributeValue.index()) * ADDRESS.byteSize(),
        Linker.nativeLinker().upcallStub(read, descriptor, arena));
    return FfmCryptoki.over(list);
  }

  long getAttributeValue(long session, long object, MemorySegment template, long count) {
    var attributes = template.reinterpret(count * 3 * JAVA_LONG.byteSize());
    for (var i = 0; i < count; i++) {
      attributes.set(JAVA_LONG, (i * 3L + 2) * JAVA_LONG.byteSize(), wanted);
    }
    return Ckr.CKR_BUFFER_TOO_SMALL.code();
  }
}
