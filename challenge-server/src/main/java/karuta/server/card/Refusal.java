package karuta.server.card;

import java.util.Locale;

/// The server will not do what was asked, for a reason the caller can act on. Faults of the token or the store are not
/// refusals: they have exceptions of their own and may be retried.
///
/// The message is for the caller's developers: it names fields and states, never an answer, a palette or a key.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The closed list of reasons. The transports map each to a status once.
  public enum Code {
    /// A field is missing or has no legal value; the message names it.
    INVALID_FIELD,
    /// No such subject is registered.
    UNKNOWN_SUBJECT,
    /// The subject uses one-time passwords and gets no image card.
    NOT_ELIGIBLE,
    /// The subject has no card in use.
    NO_ACTIVE_CARD,
    /// The subject has no card on its way that could be switched on.
    NO_MAILED_CARD,
    /// The notice was not confirmed.
    NOTICE_NOT_CONFIRMED,
    /// The card is locked after too many wrong answers.
    CARD_LOCKED,
    /// The card is suspended.
    CARD_SUSPENDED,
    /// The subject has no such card.
    CARD_NOT_FOUND,
    /// No such challenge.
    CHALLENGE_NOT_FOUND,
    /// The challenge has its verdict, and this is not a retry of the answer that got it.
    CHALLENGE_SETTLED,
    /// The idempotency key was used for another challenge.
    IDEMPOTENCY_CONFLICT,
    /// The card has too few questions left: a replacement is needed.
    BOOK_EXHAUSTED,
    /// An order is open already.
    ORDER_OPEN,
    /// The card's or subject's state does not allow this change.
    WRONG_STATE;

    /// The code as callers see it, for example `unknown_subject`.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;

  public Refusal(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
