package karuta.cryptoki;

import static karuta.cryptoki.CkFunction.Arg.B;
import static karuta.cryptoki.CkFunction.Arg.P;
import static karuta.cryptoki.CkFunction.Arg.U;

import java.util.List;

/// The functions bound, one a line: place in `CK_FUNCTION_LIST` and C argument types (PKCS#11 v2.40, section 5 and
/// pkcs11f.h). Every function returns a `CK_RV`, so these lines say all that a binding needs to know.
///
/// The names are the C names, because they are what logs, manuals and vendors' support speak of.
public enum CkFunction {
  C_Initialize(0, P),
  C_Finalize(1, P),
  C_GetInfo(2, P),
  C_GetSlotList(4, B, P, P),
  C_GetTokenInfo(6, U, P),
  C_GetMechanismList(7, U, P, P),
  C_InitToken(9, U, P, U, P),
  C_InitPIN(10, U, P, U),
  C_SetPIN(11, U, P, U, P, U),
  C_OpenSession(12, U, U, P, P, P),
  C_CloseSession(13, U),
  C_CloseAllSessions(14, U),
  C_GetSessionInfo(15, U, P),
  C_Login(18, U, U, P, U),
  C_Logout(19, U),
  C_CreateObject(20, U, P, U, P),
  C_CopyObject(21, U, U, P, U, P),
  C_DestroyObject(22, U, U),
  C_GetAttributeValue(24, U, U, P, U),
  C_SetAttributeValue(25, U, U, P, U),
  C_FindObjectsInit(26, U, P, U),
  C_FindObjects(27, U, P, U, P),
  C_FindObjectsFinal(28, U),
  C_SignInit(42, U, P, U),
  C_Sign(43, U, P, U, P, P),
  C_VerifyInit(48, U, P, U),
  C_Verify(49, U, P, U, P, U),
  C_GenerateKey(58, U, P, P, U, P),
  C_GenerateKeyPair(59, U, P, P, U, P, U, P, P),
  C_WrapKey(60, U, P, U, U, P, P),
  C_DeriveKey(62, U, P, U, P, U, P),
  C_GenerateRandom(64, U, P, U);

  /// A C argument: `CK_ULONG` or a handle, a pointer, a `CK_BBOOL`.
  enum Arg {
    U,
    P,
    B
  }

  private final int index;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Arg> args;

  CkFunction(int index, Arg... args) {
    this.index = index;
    this.args = List.of(args);
  }

  /// Place among the function pointers of `CK_FUNCTION_LIST`, counted from 0.
  int index() {
    return index;
  }

  List<Arg> args() {
    return args;
  }
}
