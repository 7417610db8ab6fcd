package karuta.token;

/// Work of a caller's own done with JCA's view of a token; it is not repeated.
@FunctionalInterface
interface JcaWork<T, E extends Exception> {
  T with(JcaView view) throws E;
}
