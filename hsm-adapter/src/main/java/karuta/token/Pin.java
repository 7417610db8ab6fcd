package karuta.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import karuta.secret.SecretBytes;
import karuta.secret.SecretFile;

/// A PIN held for as long as a login takes: never shown, outside the heap, wiped on close.
///
/// Whoever needs to log in again after a loss keeps a supplier that reads the PIN anew, not the PIN. One from a file
/// goes from the file to the token without ever being an object of the heap; one that was typed comes from the console
/// as an array, which its reader wipes, but of which a moving collector may have kept a copy.
public final class Pin implements AutoCloseable {
  private static final int LONGEST_FILE = 1024;

  private final SecretBytes utf8;

  private Pin(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /// Encodes the characters; the caller wipes its own.
  public static Pin of(char[] value) {
    var encoder = StandardCharsets.UTF_8.newEncoder();
    var utf8 = SecretBytes.ofCapacity((int) (value.length * encoder.maxBytesPerChar()));
    utf8.fill(into -> encoder.encode(CharBuffer.wrap(value), into, true));
    return new Pin(utf8);
  }

  /// Reads a PIN file. A trailing line end is dropped, because editors add one and tokens count it as part of the PIN.
  ///
  /// @throws TokenAuthFailed if the file is missing, empty, too long or not UTF-8, or if anyone but its owner may read
  ///     or write it
  public static Pin fromFile(Path file) {
    var pin = new Pin(SecretBytes.ofCapacity(LONGEST_FILE));
    try {
      pin.read(file);
      return pin;
    } catch (RuntimeException e) {
      pin.close();
      throw e;
    }
  }

  private void read(Path file) {
    try {
      requirePrivate(file);
      try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
        utf8.fill(room -> readAll(channel, room));
      }
    } catch (IOException e) {
      throw new TokenAuthFailed("cannot read the PIN file " + file, e);
    }
    // Half a PIN is a wrong PIN, and each of those brings the token nearer to its lock.
    if (utf8.length() == LONGEST_FILE) {
      throw new TokenAuthFailed(
          "the PIN file " + file + " is too long: " + LONGEST_FILE + " bytes or more");
    }
    try (var characters = SecretBytes.ofCapacity(Character.BYTES * utf8.length())) {
      characters.fill(room -> decode(room.asCharBuffer()));
    } catch (CharacterCodingException e) {
      throw new TokenAuthFailed("the PIN file " + file + " is not UTF-8");
    }
    while (utf8.length() > 0 && isLineEnd(utf8.at(utf8.length() - 1))) {
      utf8.truncate(utf8.length() - 1);
    }
    if (utf8.length() == 0) {
      throw new TokenAuthFailed("the PIN file " + file + " holds no PIN");
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    if (SecretFile.openToOthers(file)) {
      throw new TokenAuthFailed(
          "the PIN file " + file + " is open to others than its owner: chmod 600 it");
    }
  }

  private static void readAll(FileChannel channel, ByteBuffer room) throws IOException {
    while (room.hasRemaining() && channel.read(room) >= 0) {}
  }

  private static boolean isLineEnd(byte last) {
    return last == '\n' || last == '\r';
  }

  private void decode(CharBuffer into) throws CharacterCodingException {
    var result = StandardCharsets.UTF_8.newDecoder().decode(utf8.buffer(), into, true);
    if (result.isError()) {
      result.throwException();
    }
  }

  /// A copy of the characters, which the caller wipes: for JCA, which takes a PIN in no other form.
  public char[] chars() {
    var chars = CharBuffer.allocate(utf8.length());
    try {
      decode(chars);
      return Arrays.copyOf(chars.array(), chars.position());
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("a PIN is UTF-8", e);
    } finally {
      Arrays.fill(chars.array(), '\0');
    }
  }

  /// The PIN in UTF-8, where it stands.
  public SecretBytes utf8() {
    return utf8;
  }

  @Override
  public void close() {
    utf8.close();
  }

  @Override
  public String toString() {
    return "Pin[withheld]";
  }
}
