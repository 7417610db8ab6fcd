package karuta.server.store;

/// The state on disk.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class Store implements AutoCloseable {
  /// Opens the store and brings its tables up to date.
  ///
  /// @throws StoreUnavailable if it cannot be reached or its tables are newer than this program
  public static Store open(StoreSettings settings) {
    throw new UnsupportedOperationException("not built yet: " + settings.url());
  }

  private Store() {}

  /// Asks the store for a sign of life, by a query.
  public void check() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public void close() {}
}
