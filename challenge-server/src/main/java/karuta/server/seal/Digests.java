package karuta.server.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import karuta.digest.Sha256;
import karuta.server.store.AuditRow;

/// The digests in a seal: SHA-256, base64url without padding.
///
/// Rows are digested in order, each with its nine columns in the order of the table: numbers as eight bytes, big
/// endian, texts in UTF-8 after their length in the same form. So two different lists of rows never give the same
/// bytes.
final class Digests {
  private Digests() {}

  static String of(List<AuditRow> rows) {
    var digest = Sha256.start();
    for (var row : rows) {
      text(digest, row.id());
      number(digest, row.at());
      text(digest, row.subject());
      number(digest, row.generation());
      text(digest, row.actor());
      text(digest, row.event());
      text(digest, row.challengeId());
      number(digest, row.draw());
      text(digest, row.detail());
    }
    return base64url(digest);
  }

  /// Of a whole seal, which the next one names.
  static String of(String seal) {
    var digest = Sha256.start();
    digest.update(seal.getBytes(StandardCharsets.US_ASCII));
    return base64url(digest);
  }

  private static void text(MessageDigest digest, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    number(digest, bytes.length);
    digest.update(bytes);
  }

  private static void number(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static String base64url(MessageDigest digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }
}
