package karuta.token.key;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.cryptoki.AttributeReading;

/// A number that a token remembers, and the hash beside it: of a guard, see [JournalHeads], or of its custodians'
/// requests, see [ApprovedRequests].
///
/// @param sequence the highest number that the guard may have given to a judgement, or the number of the last request;
///     from 1
/// @param hash of the last judgement there was when this was written, by which the journal is held against it, or of
///     the request: base64url of SHA-256, or empty if there was none
public record Remembered(long sequence, String hash) {
  private static final String NO_HASH = "none";
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}|");
  private static final Pattern FORM =
      Pattern.compile("v1 ([1-9][0-9]{0,17}) ([A-Za-z0-9_-]{43}|" + NO_HASH + ")");
  private static final long MOST = 999_999_999_999_999_999L;

  public Remembered {
    if (sequence < 1 || sequence > MOST || !HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "what is remembered is a number from 1 and 43 characters of base64url, or none");
    }
  }

  /// `v1`, the number, and the hash or `none`, with a space between: one text for each value and no other.
  byte[] value() {
    var text = "v1 " + sequence + " " + (hash.isEmpty() ? NO_HASH : hash);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What an object says; empty if it says anything else.
  static Optional<Remembered> of(AttributeReading reading) {
    if (!(reading instanceof AttributeReading.Value value)) {
      return Optional.empty();
    }
    var text = FORM.matcher(new String(value.attribute().value(), StandardCharsets.ISO_8859_1));
    if (!text.matches()) {
      return Optional.empty();
    }
    var hash = text.group(2).equals(NO_HASH) ? "" : text.group(2);
    return Optional.of(new Remembered(Long.parseLong(text.group(1)), hash));
  }
}
