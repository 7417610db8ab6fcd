package karuta.token.jca;

/// Work done with JCA's view of a token.
@FunctionalInterface
public interface JcaWork<T, E extends Exception> {
  T with(JcaView view) throws E;
}
