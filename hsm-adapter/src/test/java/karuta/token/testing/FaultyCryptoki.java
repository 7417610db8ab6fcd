package karuta.token.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cryptoki;

/// Any [Cryptoki], with [Faults] before it.
public final class FaultyCryptoki {
  private FaultyCryptoki() {}

  public static Cryptoki over(Cryptoki real, Faults faults) {
    return (Cryptoki)
        Proxy.newProxyInstance(
            Cryptoki.class.getClassLoader(),
            new Class<?>[] {Cryptoki.class},
            (proxy, method, arguments) -> {
              faults.enter(function(method));
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static CkFunction function(Method method) {
    if (method.getName().equals("shutDown")) {
      return CkFunction.C_Finalize;
    }
    for (var function : CkFunction.values()) {
      var name = function.name().substring(2).toLowerCase(Locale.ROOT);
      if (name.equals(method.getName().toLowerCase(Locale.ROOT))) {
        return function;
      }
    }
    throw new AssertionError(method + " stands for no function");
  }
}
