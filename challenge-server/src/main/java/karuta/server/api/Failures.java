package karuta.server.api;

import karuta.database.DatabaseUnavailable;
import karuta.database.InvariantBroken;
import karuta.guard.client.GuardUnavailable;
import karuta.server.card.Refusal;
import karuta.server.store.StoreBehind;

/// Maps every exception to an error code: the one place that decides what a caller is told of a failure.
final class Failures {
  private Failures() {}

  /// The refusal a caller gets for an exception. What is not known here is {@link Code#INTERNAL}: the caller learns the
  /// request id and nothing else.
  static CallRefused told(Throwable failure) {
    return switch (failure) {
      case CallRefused refused -> refused;
      case Refusal refusal -> new CallRefused(of(refusal.code()), null, text(refusal));
      case GuardUnavailable _ -> new CallRefused(Code.TOKEN_UNAVAILABLE);
      case DatabaseUnavailable _ -> new CallRefused(Code.STORE_UNAVAILABLE);
      case InvariantBroken _, StoreBehind _ -> new CallRefused(Code.INVARIANT_BROKEN);
      default -> new CallRefused(Code.INTERNAL);
    };
  }

  /// The domain's reason as a code of the contract.
  static Code of(Refusal.Code reason) {
    return switch (reason) {
      case INVALID_FIELD -> Code.INVALID_FIELD;
      case UNKNOWN_SUBJECT -> Code.UNKNOWN_SUBJECT;
      case NOT_ELIGIBLE -> Code.NOT_ELIGIBLE;
      case NO_ACTIVE_CARD -> Code.NO_ACTIVE_CARD;
      case NO_MAILED_CARD -> Code.NO_MAILED_CARD;
      case NOTICE_NOT_CONFIRMED -> Code.NOTICE_NOT_CONFIRMED;
      case CARD_LOCKED -> Code.CARD_LOCKED;
      case CARD_SUSPENDED -> Code.CARD_SUSPENDED;
      case CARD_NOT_FOUND -> Code.CARD_NOT_FOUND;
      case CHALLENGE_NOT_FOUND -> Code.CHALLENGE_NOT_FOUND;
      case CHALLENGE_SETTLED -> Code.CHALLENGE_SETTLED;
      case IDEMPOTENCY_CONFLICT -> Code.IDEMPOTENCY_CONFLICT;
      case BOOK_EXHAUSTED -> Code.BOOK_EXHAUSTED;
      case ORDER_OPEN -> Code.ORDER_OPEN;
      case WRONG_STATE -> Code.WRONG_STATE;
    };
  }

  private static String text(Refusal refusal) {
    var message = refusal.getMessage();
    return message == null ? of(refusal.code()).text() : message;
  }
}
