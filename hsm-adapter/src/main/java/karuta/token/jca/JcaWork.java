package karuta.token.jca;

/// Work of a caller's own done with JCA's view of a token; it is not repeated.
@FunctionalInterface
public interface JcaWork<T, E extends Exception> {
  T with(JcaView view) throws E;
}
