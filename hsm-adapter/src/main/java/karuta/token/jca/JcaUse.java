package karuta.token.jca;

import java.security.GeneralSecurityException;

/// Work done with JCA's view of a token; it may be repeated.
@FunctionalInterface
public interface JcaUse<T> {
  T with(JcaView view) throws GeneralSecurityException;
}
