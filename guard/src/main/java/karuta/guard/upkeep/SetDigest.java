package karuta.guard.upkeep;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import karuta.digest.Sha256;

/// The digest of a set: 1,024 sums of 16 bits, each over what every member adds to it. So a member can be taken out and
/// another put in without reading the rest, in whatever order a database keeps them.
///
/// This is LtHash16 (Lewi, Kim, Maykov, Weis, "Securing Update Propagation with Homomorphic Hashing", IACR ePrint
/// 2019/227). To find two sets with one digest is a problem in lattices that is held to be as hard as 200 bits. A
/// member is stretched to its 2,048 bytes by MGF1 with SHA-256 (RFC 8017, appendix B.2.1) where the paper has BLAKE2X.
/// No member may be in it twice: whoever keeps the set sees to that by a key.
///
/// A member that somebody changed in the database stays in the sums as it was, whatever is put in and taken out
/// afterwards: so no later change makes the digest hold again.
final class SetDigest {
  static final int BYTES = 2_048;
  private static final int PART = 32;

  private final MessageDigest sha256 = Sha256.start();
  private final byte[] seed = new byte[PART + Integer.BYTES];
  private final short[] sums = new short[BYTES / Short.BYTES];

  /// Of the empty set.
  SetDigest() {}

  /// A copy, which changes by itself.
  SetDigest copy() {
    return new SetDigest(sums());
  }

  /// Of a set whose sums were kept.
  ///
  /// @param kept what [#sums] returned, 2,048 bytes
  SetDigest(byte[] kept) {
    if (kept.length != BYTES) {
      throw new IllegalArgumentException("the sums of a set digest are %d bytes".formatted(BYTES));
    }
    ByteBuffer.wrap(kept).asShortBuffer().get(sums);
  }

  void add(byte[] member) {
    var stretched = stretched(member);
    for (var i = 0; i < sums.length; i++) {
      sums[i] += stretched.getShort();
    }
  }

  void remove(byte[] member) {
    var stretched = stretched(member);
    for (var i = 0; i < sums.length; i++) {
      sums[i] -= stretched.getShort();
    }
  }

  private ByteBuffer stretched(byte[] member) {
    System.arraycopy(sha256.digest(member), 0, seed, 0, PART);
    var stretched = ByteBuffer.allocate(BYTES);
    for (var part = 0; stretched.hasRemaining(); part++) {
      ByteBuffer.wrap(seed).putInt(PART, part);
      stretched.put(sha256.digest(seed));
    }
    return stretched.flip();
  }

  /// To be kept, 2,048 bytes.
  byte[] sums() {
    var bytes = ByteBuffer.allocate(BYTES);
    bytes.asShortBuffer().put(sums);
    return bytes.array();
  }

  /// SHA-256 over the sums.
  ///
  /// @return base64url, 43 characters
  String value() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(sums()));
  }
}
