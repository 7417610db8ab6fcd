package karuta.server.lifecycle;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.server.card.Order;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;

/// Where the next page begins, as text that callers hand back unread.
final class PageTokens {
  private static final Pattern ORDER = Pattern.compile("([0-9]{1,15})~([^~]{1,64})~([0-9]{1,5})");
  private static final Pattern AUDIT = Pattern.compile("[0-9a-f]{0,32}");

  private PageTokens() {}

  static String of(Order order) {
    return "%d~%s~%d"
        .formatted(
            order.orderedAt().toEpochMilli(), order.subject().value(), order.generation().value());
  }

  static Optional<Order> order(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    var parts = ORDER.matcher(token);
    try {
      if (parts.matches()) {
        return Optional.of(
            new Order(
                new Subject(parts.group(2)),
                new Generation(Integer.parseInt(parts.group(3))),
                Profile.STANDARD,
                Instant.ofEpochMilli(Long.parseLong(parts.group(1)))));
      }
    } catch (IllegalArgumentException e) {
      // Not a token of ours: refused below.
    }
    throw invalid();
  }

  static String audit(String token) {
    if (!AUDIT.matcher(token).matches()) {
      throw invalid();
    }
    return token;
  }

  private static Refusal invalid() {
    return new Refusal(Code.INVALID_FIELD, "pageToken is not from a page before");
  }
}
