package karuta.command;

import java.util.Locale;

/// A number of things as commands say it: `1 card`, `0 cards`, `12,345 cards`.
public final class Counted {
  private Counted() {}

  /// A number with its noun.
  ///
  /// @param noun one of them; its plural ends in s
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
