package karuta.token;

/// Something done while a lock is held.
@FunctionalInterface
interface Work<T, E extends Exception> {
  T run() throws E;
}
