package karuta.server.card;

import java.util.List;

/// A part of a long list.
///
/// @param next passed to the next call to go on; empty at the end
public record Page<T>(List<T> items, String next) {
  /// The most items a page has.
  public static final int LIMIT = 1000;

  public Page {
    items = List.copyOf(items);
  }
}
