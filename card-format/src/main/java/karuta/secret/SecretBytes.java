package karuta.secret;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Bytes that are secret for a moment: an answer under its tag, a PIN. They stand outside the heap from the first byte
/// to the last, in one place, and [#close] overwrites that place before it is freed.
///
/// An array would not do. A moving collector copies it while it is in use and leaves the old bytes behind, where nobody
/// can wipe them; filling the array afterwards wipes the last copy only. So nothing here goes through an array that the
/// caller does not have already, and whoever fills one of these does it byte by byte or straight from a file.
///
/// Only the thread that made it can use and close it: a secret that changes threads is no longer one of a moment.
public final class SecretBytes implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;
  private int length;

  private SecretBytes(int capacity) {
    this.memory = arena.allocate(capacity);
  }

  /// Empty, with room for `capacity` bytes.
  public static SecretBytes ofCapacity(int capacity) {
    return new SecretBytes(capacity);
  }

  /// With the bytes of an array, which stays the caller's: for what is no secret, or is on the heap already.
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.length).append(bytes);
  }

  /// Adds one byte.
  ///
  /// @throws IndexOutOfBoundsException if the room is used up
  public SecretBytes append(byte value) {
    place().set(JAVA_BYTE, length, value);
    length++;
    return this;
  }

  /// Adds the bytes of an array.
  ///
  /// @throws IndexOutOfBoundsException if they do not fit
  public SecretBytes append(byte[] bytes) {
    MemorySegment.copy(bytes, 0, place(), JAVA_BYTE, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /// Has the rest of the room filled straight from where the bytes come from, such as a file.
  public <E extends Exception> SecretBytes fill(Filling<E> source) throws E {
    var room = place().asSlice(length).asByteBuffer();
    source.into(room);
    length += room.position();
    return this;
  }

  /// Puts bytes into a direct buffer and advances its position.
  @FunctionalInterface
  public interface Filling<E extends Exception> {
    void into(ByteBuffer room) throws E;
  }

  /// Keeps the first `bytes` bytes and wipes the rest.
  public void truncate(int bytes) {
    if (bytes < 0 || bytes > length) {
      throw new IndexOutOfBoundsException(bytes);
    }
    place().asSlice(bytes).fill((byte) 0);
    length = bytes;
  }

  /// How many bytes were added.
  public int length() {
    return length;
  }

  /// The byte at `index`.
  ///
  /// @throws IllegalStateException after [#close]
  public byte at(int index) {
    return segment().get(JAVA_BYTE, index);
  }

  /// What was added so far, where it stands: a direct buffer to read from.
  ///
  /// @throws IllegalStateException after [#close]
  public ByteBuffer buffer() {
    return segment().asByteBuffer().asReadOnlyBuffer();
  }

  /// What was added so far, where it stands: for native code.
  ///
  /// @throws IllegalStateException after [#close]
  public MemorySegment segment() {
    return place().asSlice(0, length);
  }

  /// A copy on the heap, for what is no secret, and for programs that are meant to have it.
  ///
  /// @throws IllegalStateException after [#close]
  public byte[] toArray() {
    return segment().toArray(JAVA_BYTE);
  }

  /// Overwrites the bytes and frees them. A second time does nothing.
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      memory.fill((byte) 0);
      arena.close();
    }
  }

  private MemorySegment place() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the bytes are wiped");
    }
    return memory;
  }

  @Override
  public String toString() {
    return "SecretBytes[withheld]";
  }
}
