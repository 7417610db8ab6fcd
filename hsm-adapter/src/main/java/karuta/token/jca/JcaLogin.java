package karuta.token.jca;

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
  private final Supplier<char[]> pin;

  private JcaLogin(Supplier<char[]> pin) {
    this.pin = pin;
  }

  static void login(Provider provider, Supplier<char[]> pin) throws LoginException {
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
      var characters = pin.get();
      password.setPassword(characters);
      Arrays.fill(characters, '\0');
    }
  }
}
