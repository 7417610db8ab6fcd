package karuta.server.store;

import java.time.Instant;

/// A wrong answer, as the bank-wide watch sees it.
///
/// @param at when it came
/// @param subject whose card; empty for a place in the list that is no answer
public record WrongAnswer(Instant at, String subject) {
  /// The place before every answer of this moment.
  public static WrongAnswer before(Instant at) {
    return new WrongAnswer(at, "");
  }
}
