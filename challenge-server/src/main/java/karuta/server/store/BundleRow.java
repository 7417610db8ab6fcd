package karuta.server.store;

/// How far a bundle's import has come.
///
/// @param digest of the whole content, 64 hex digits
/// @param done cards that are done, imported or left out
public record BundleRow(
    String token, long sequence, String digest, String batch, long cards, long done) {
  public boolean finished() {
    return done == cards;
  }
}
