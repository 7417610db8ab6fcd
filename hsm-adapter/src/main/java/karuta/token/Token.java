package karuta.token;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// One token, logged in.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class Token implements AutoCloseable {
  private Token() {}

  /// Finds the token and logs in.
  ///
  /// @param pin called at every login; the PIN is closed after it
  /// @throws TokenUnavailable if no such token is there
  /// @throws TokenAuthFailed if the PIN is refused
  public static Token open(
      Module module,
      TokenName name,
      Supplier<Pin> pin,
      TokenSettings settings,
      InstantSource clock) {
    throw new UnsupportedOperationException(name.toString());
  }

  public TokenName name() {
    throw new UnsupportedOperationException();
  }

  /// Never calls the token, so it answers at once even while a call is stuck.
  public Health health() {
    throw new UnsupportedOperationException();
  }

  /// To be called from a timer, about every 30 seconds: keeps an idle connection alive and finds a lost token again.
  public void keepAlive() {
    throw new UnsupportedOperationException();
  }

  /// Ends the sessions. Calls after it are refused.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /// Random bytes of the token.
  public byte[] random(int bytes) {
    throw new UnsupportedOperationException(Integer.toString(bytes));
  }

  /// The key derivation functions the token has, found by trying them on a pair that is thrown away.
  public Set<Kdf> kdfs() {
    throw new UnsupportedOperationException();
  }

  /// Looks at everything on the token: each key against its policy, no leftover of a key agreement, nothing missing and
  /// nothing besides what is expected.
  ///
  /// @param expected labels of the keys that should be there
  /// @return what is wrong; empty if nothing is
  public List<Finding> audit(TokenRole role, Set<String> expected) {
    throw new UnsupportedOperationException(role + " " + expected);
  }

  /// The compatibility list (`karuta token check`): everything Karuta asks of a token, tried on objects that vanish with
  /// their session.
  public List<Check> check() {
    throw new UnsupportedOperationException();
  }
}
