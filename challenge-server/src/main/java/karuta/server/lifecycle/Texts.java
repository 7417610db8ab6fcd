package karuta.server.lifecycle;

import java.util.List;
import java.util.function.Function;
import karuta.server.card.Page;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;

/// Checks of what callers type, and the cutting of lists into pages.
final class Texts {
  private Texts() {}

  /// A text for people of 1 to `limit` characters without control characters.
  static void require(String field, String value, int limit) {
    if (value.isBlank()
        || value.length() > limit
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(
          Code.INVALID_FIELD,
          "%s must be 1 to %d characters without control characters".formatted(field, limit));
    }
  }

  static void pageSize(int size) {
    if (size < 1 || size > Page.LIMIT) {
      throw new Refusal(Code.INVALID_FIELD, "pageSize must be 1 to " + Page.LIMIT);
    }
  }

  /// Makes a page of one item more than it may have, if there are so many.
  static <T> Page<T> page(List<T> found, int size, Function<T, String> token) {
    var more = found.size() > size;
    var items = more ? found.subList(0, size) : found;
    return new Page<>(items, more ? token.apply(items.getLast()) : "");
  }
}
