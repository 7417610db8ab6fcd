package karuta.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Stream;
import karuta.v1.Transaction;

/// SHA-256 over a transaction in its canonical form, as receipts state it (`docs/receipts.md` has the table and a
/// vector).
///
/// Written apart from the server's own on purpose: whoever checks a receipt should not have to trust the code that made
/// it.
public final class TransactionDigest {
  private static final String DOMAIN = "karuta transaction v1";

  private TransactionDigest() {}

  /// The digest, base64url without padding: 43 characters.
  ///
  /// @param canonical in canonical form: composed and trimmed text, the amount with its currency's fraction digits
  public static String of(Transaction canonical) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      Stream.concat(
              Stream.of(
                  DOMAIN,
                  canonical.getReference(),
                  canonical.getPayee(),
                  canonical.getAmount(),
                  canonical.getCurrency()),
              canonical.getLinesList().stream())
          .forEach(field -> add(sha256, field.getBytes(StandardCharsets.UTF_8)));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, byte[] field) {
    digest.update((byte) (field.length >>> 8));
    digest.update((byte) field.length);
    digest.update(field);
  }
}
