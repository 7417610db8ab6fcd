package karuta.token;

import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;

/// What a failed call says is lost. Every recovery decision keys off this one table.
///
/// The order of the first four is the order of the ladder: what is cheap and likely comes first.
public enum FaultClass {
  /// Nothing: a mistake of the caller or a refusal of the token. Unknown codes are never retried.
  CALLER,
  /// The session it was met in.
  SESSION,
  /// The login or the handles of this token.
  LOGIN,
  /// The connection to the token: only `C_Finalize` and `C_Initialize` help.
  MODULE,
  /// Nothing, but the token has no room now.
  BUSY,
  /// Nothing: a limit is reached that the token itself keeps on the uses of a key. Never retried, and no rung helps.
  CAPPED,
  /// The PIN was refused: never tried again without a human.
  AUTH;

  /// What that fault says is lost.
  public static FaultClass of(CkException fault) {
    return switch (fault.ckr()) {
      // The session is gone, or an operation of somebody else still runs in it.
      case CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID, CKR_OPERATION_ACTIVE -> SESSION;
      // Logged out, perhaps by another part of the process closing its last session.
      case CKR_USER_NOT_LOGGED_IN -> LOGIN;
      // A key we had: deleted, or its store is gone. The rung looks which of the two.
      case CKR_OBJECT_HANDLE_INVALID, CKR_KEY_HANDLE_INVALID -> LOGIN;
      // p11-kit says DEVICE_ERROR for ever after its server died; network HSMs say the others.
      case CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED ->
          MODULE;
      // The module was finalised under us, or its slots were numbered anew.
      case CKR_CRYPTOKI_NOT_INITIALIZED, CKR_SLOT_ID_INVALID -> MODULE;
      // "Something is wrong": from a function that only looks it is the store; from others the rung
      // looks.
      case CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED -> onlyLooks(fault.function()) ? MODULE : LOGIN;
      case CKR_KEY_NOT_ACTIVE -> CAPPED;
      case CKR_SESSION_COUNT, CKR_HOST_MEMORY, CKR_DEVICE_MEMORY -> BUSY;
      case CKR_PIN_INCORRECT,
          CKR_PIN_INVALID,
          CKR_PIN_LEN_RANGE,
          CKR_PIN_EXPIRED,
          CKR_PIN_LOCKED,
          CKR_USER_PIN_NOT_INITIALIZED ->
          asksForPin(fault.function()) ? AUTH : CALLER;
      default -> CALLER;
    };
  }

  /// Whether a rung of the ladder answers it.
  boolean recoverable() {
    return this == SESSION || this == LOGIN || this == MODULE;
  }

  private static boolean asksForPin(CkFunction function) {
    return function == CkFunction.C_Login || function == CkFunction.C_SetPIN;
  }

  private static boolean onlyLooks(CkFunction function) {
    return switch (function) {
      case C_Initialize,
          C_GetInfo,
          C_GetSlotList,
          C_GetTokenInfo,
          C_GetSessionInfo,
          C_OpenSession,
          C_Login ->
          true;
      default -> false;
    };
  }
}
