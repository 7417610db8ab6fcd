package karuta.token.jca;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;

/// Finds the PKCS#11 code in what JCA throws, so that one table decides about both ways to the token.
///
/// The JDK's `PKCS11Exception` is not exported; it is known by name, and its message begins with the code's name, or
/// with its number where the JDK has no name for it: a vendor's, for example.
public final class JcaFault {
  private static final String THROWN = "sun.security.pkcs11.wrapper.PKCS11Exception";
  private static final Pattern CODE = Pattern.compile("CKR_[A-Z0-9_]+|0x[0-9a-fA-F]{8}");

  private JcaFault() {}

  /// The code, as if the binding had met it.
  public static Optional<CkException> find(Throwable thrown) {
    var cause = Optional.of(thrown);
    // JCA does not say which function it was; besides logging in, all it does on our behalf is to
    // sign.
    var function = CkFunction.C_Sign;
    for (var depth = 0; depth < 16 && cause.isPresent(); depth++) {
      var here = cause.get();
      if (here instanceof CkException fault) {
        return Optional.of(fault);
      }
      if (here.getClass().getName().equals(THROWN)) {
        return Optional.of(fault(function, here));
      }
      if (here instanceof LoginException) {
        function = CkFunction.C_Login;
      }
      cause = Optional.ofNullable(here.getCause());
    }
    return Optional.empty();
  }

  /// What to throw for a fault of JCA: the code if there is one.
  public static RuntimeException of(Exception thrown) {
    var found = find(thrown);
    if (found.isPresent()) {
      return found.get();
    }
    return thrown instanceof RuntimeException same
        ? same
        : new IllegalStateException("JCA cannot use the token", thrown);
  }

  private static CkException fault(CkFunction function, Throwable thrown) {
    var fault = new CkException(function, code(String.valueOf(thrown.getMessage())));
    fault.initCause(thrown);
    return fault;
  }

  /// The code that a message of the JDK names.
  static long code(String message) {
    var code = CODE.matcher(message);
    if (!code.find()) {
      return Ckr.UNNAMED.code();
    }
    var said = code.group();
    return said.startsWith("0x")
        ? Long.decode(said)
        : Stream.of(Ckr.values())
            .filter(ckr -> ckr.name().equals(said))
            .findFirst()
            .orElse(Ckr.UNNAMED)
            .code();
  }
}
