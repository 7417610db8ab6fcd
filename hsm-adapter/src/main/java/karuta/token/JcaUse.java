package karuta.token;

import java.security.GeneralSecurityException;

/// Work done with JCA's view of a token; it may be repeated.
@FunctionalInterface
interface JcaUse<T> {
  T with(JcaView view) throws GeneralSecurityException;
}
