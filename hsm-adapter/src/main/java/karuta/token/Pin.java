package karuta.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A PIN held for as long as a login takes: never shown, wiped on close.
///
/// Whoever needs to log in again after a loss keeps a supplier that reads the PIN anew, not the PIN.
public final class Pin implements AutoCloseable {
  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final char[] value;

  private Pin(char[] value) {
    this.value = value;
  }

  /// Copies the characters; the caller wipes his own.
  public static Pin of(char[] value) {
    return new Pin(value.clone());
  }

  /// Reads a PIN file. A trailing line end is dropped, because editors add one and tokens count it as part of the PIN.
  ///
  /// @throws TokenAuthFailed if the file is missing, empty or not UTF-8, or if anyone but its owner may read or write it
  public static Pin fromFile(Path file) {
    byte[] bytes = read(file);
    var chars = CharBuffer.allocate(bytes.length);
    try {
      var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, true);
      var length = chars.position();
      while (length > 0 && (chars.get(length - 1) == '\n' || chars.get(length - 1) == '\r')) {
        length--;
      }
      // Half a PIN is a wrong PIN, and each of those brings the token nearer to its lock.
      if (decoded.isError() || length == 0) {
        throw new TokenAuthFailed(
            "the PIN file " + file + (length == 0 ? " holds no PIN" : " is not UTF-8"));
      }
      return new Pin(Arrays.copyOf(chars.array(), length));
    } finally {
      Arrays.fill(chars.array(), '\0');
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] read(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(FOREIGN::contains)) {
          throw new TokenAuthFailed(
              "the PIN file " + file + " is open to others than its owner: chmod 600 it");
        }
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TokenAuthFailed("cannot read the PIN file " + file, e);
    }
  }

  /// A copy of the characters, which the caller wipes.
  public char[] chars() {
    return value.clone();
  }

  /// The PIN in UTF-8, which the caller wipes.
  public byte[] utf8() {
    var buffer = ByteBuffer.allocate(4 * value.length);
    var encoder = StandardCharsets.UTF_8.newEncoder();
    encoder.encode(CharBuffer.wrap(value), buffer, true);
    var bytes = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(value, '\0');
  }

  @Override
  public String toString() {
    return "Pin[withheld]";
  }
}
