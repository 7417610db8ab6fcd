package karuta.token;

/// Work done in one session of a token. It must not keep the lease, nor ask the token for another.
@FunctionalInterface
public interface LeaseUse<T> {
  T with(SessionLease lease);
}
