package karuta.benchmarks.stack;

/// The databases that a server can have.
public enum StoreKind {
  /// A file beside the server.
  SQLITE,
  /// A server of its own, as careful with the disk as a bank's.
  POSTGRESQL;

  /// As it is called in tables.
  public String label() {
    return this == SQLITE ? "SQLite" : "PostgreSQL";
  }
}
