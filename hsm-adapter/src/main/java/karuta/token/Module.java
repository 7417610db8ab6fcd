package karuta.token;

import java.util.List;

/// A PKCS#11 library, initialised once in this JVM.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class Module implements AutoCloseable {
  private Module() {}

  /// Loads and initialises a module, with OS locking.
  ///
  /// @throws IllegalStateException if it is open already; a library has one initialisation per process
  /// @throws PkcsFault if it does not initialise
  public static Module open(ModuleLocation location) {
    throw new UnsupportedOperationException(location.toString());
  }

  /// The tokens present.
  public List<TokenName> tokens() {
    throw new UnsupportedOperationException();
  }

  /// Counts the times handles may have died.
  public long epoch() {
    throw new UnsupportedOperationException();
  }

  /// Finalises the module, after its tokens were closed.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
