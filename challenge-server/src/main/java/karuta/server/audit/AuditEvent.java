package karuta.server.audit;

import java.util.Arrays;
import java.util.Locale;

/// What an audit row can tell: the closed list. Rows name the draw and the outcome, never an answer.
public enum AuditEvent {
  SUBJECT_REGISTERED,
  METHOD_CHANGED,
  CARD_ORDERED,
  CARD_ISSUED,
  CARD_MAILED,
  CARD_RETURNED,
  CARD_ACTIVATED,
  CARD_LOCKED,
  /// Asked two draws at a time from now on, after many wrong answers in its life.
  CARD_STEPPED_UP,
  CARD_SUSPENDED,
  CARD_UNLOCKED,
  CARD_RETIRED,
  /// A book was in a bundle, but its card had been ended in the meantime: the book was left out.
  BOOK_LEFT_OUT,
  CHALLENGE_CREATED,
  CHALLENGE_ABANDONED,
  CHALLENGE_EXPIRED,
  ANSWER_RIGHT,
  ANSWER_WRONG,
  /// The answer to a challenge that had ended before its verdict was known: its draw is used, nobody was told, and
  /// there is no receipt.
  ANSWER_RIGHT_UNTOLD,
  /// Wrong answers on many accounts: about the bank as a whole.
  HORIZONTAL_GUESSING,
  HORIZONTAL_GUESSING_OVER;

  /// As callers see it, for example `answer-wrong`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads a label.
  public static AuditEvent parse(String label) {
    return Arrays.stream(values())
        .filter(event -> event.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no audit event '" + label + "'"));
  }
}
