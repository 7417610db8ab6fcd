package karuta.cryptoki;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// One attribute and its value, encoded as the C side reads it: numbers in native order, 8 bytes (`CK_ULONG` on the
/// platforms the binding accepts).
public final class Attribute {
  private final Cka type;
  private final byte[] value;

  private Attribute(Cka type, byte[] value) {
    this.type = type;
    this.value = value;
  }

  /// An attribute as a token gave it.
  public static Attribute of(Cka type, byte[] value) {
    return new Attribute(type, value.clone());
  }

  public static Attribute of(Cka type, boolean value) {
    return new Attribute(type, new byte[] {(byte) (value ? 1 : 0)});
  }

  public static Attribute of(Cka type, long value) {
    return new Attribute(type, numbers(value));
  }

  public static Attribute of(Cka type, String text) {
    return new Attribute(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /// `CKA_ALLOWED_MECHANISMS`.
  public static Attribute of(Cka type, Ckm... mechanisms) {
    return new Attribute(type, numbers(Stream.of(mechanisms).mapToLong(Ckm::code).toArray()));
  }

  public Cka type() {
    return type;
  }

  public byte[] value() {
    return value.clone();
  }

  /// Whether a `CK_BBOOL` is true; anything but 0 is (PKCS#11 v2.40, section 3.1).
  public boolean isTrue() {
    return value.length == 1 && value[0] != 0;
  }

  /// A `CK_ULONG`, or -1 if it is none.
  public long number() {
    return value.length == Long.BYTES
        ? ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong()
        : -1;
  }

  /// A text.
  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute that && type == that.type && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(value);
  }

  /// The value in words; bytes that could be a secret are never shown.
  @Override
  public String toString() {
    return switch (type.shape()) {
      case BOOL -> Boolean.toString(isTrue());
      case NUMBER -> Long.toString(number());
      case TEXT -> text();
      case BYTES -> value.length + " bytes";
      case MECHANISMS -> mechanismNames();
    };
  }

  private String mechanismNames() {
    var buffer = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).asLongBuffer();
    var codes = new long[buffer.remaining()];
    buffer.get(codes);
    return LongStream.of(codes)
        .mapToObj(Attribute::mechanismName)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String mechanismName(long code) {
    return Stream.of(Ckm.values())
        .filter(ckm -> ckm.code() == code)
        .map(Ckm::name)
        .findFirst()
        .orElse(CkException.hex(code));
  }

  private static byte[] numbers(long... values) {
    var buffer = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
    buffer.asLongBuffer().put(values);
    return buffer.array();
  }
}
