package karuta.token;

import java.security.AuthProvider;
import java.security.Provider;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;

/// Logs a provider in. Where login is shared per process it finds itself logged in and asks for no PIN.
final class JcaLogin implements CallbackHandler {
  private final Supplier<Pin> pin;

  private JcaLogin(Supplier<Pin> pin) {
    this.pin = pin;
  }

  static void login(Provider provider, Supplier<Pin> pin) throws LoginException {
    if (provider instanceof AuthProvider login) {
      login.login(new Subject(), new JcaLogin(pin));
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (var callback : callbacks) {
      if (!(callback instanceof PasswordCallback password)) {
        throw new UnsupportedCallbackException(callback);
      }
      try (var secret = pin.get()) {
        var chars = secret.chars();
        password.setPassword(chars);
        Arrays.fill(chars, '\0');
      }
    }
  }
}
