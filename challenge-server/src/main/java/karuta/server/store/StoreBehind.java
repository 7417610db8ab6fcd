package karuta.server.store;

/// The guard's journal has what the store lacks: the store was put back to an older state. Nothing is settled and
/// nothing told until somebody has looked.
public final class StoreBehind extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreBehind(String what) {
    super(what);
  }
}
