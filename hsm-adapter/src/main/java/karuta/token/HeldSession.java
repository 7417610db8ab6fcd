package karuta.token;

import java.util.function.Function;

/// A read-write session that stays open between calls, so that session objects in it live on. It dies with the epoch it
/// was opened in, and then says so instead of using numbers that may name other things.
public final class HeldSession implements AutoCloseable {
  private final Token token;
  private final Connection connection;
  private final long incarnation;
  private final long session;

  HeldSession(Token token, Connection connection, long session) {
    this.token = token;
    this.connection = connection;
    this.incarnation = connection.incarnation();
    this.session = session;
  }

  /// Runs in it while no other call does; never repeated.
  ///
  /// @throws TokenUnavailable if the token was lost since the session was opened
  public <T> T alone(Function<SessionLease, T> use) {
    return token.alone(this, use);
  }

  /// Ends the session and the objects in it.
  @Override
  public void close() {
    token.release(this);
  }

  long session() {
    return session;
  }

  boolean same(Connection now) {
    return now == connection && now.incarnation() == incarnation;
  }

  void requireSame(Connection now) {
    if (!same(now)) {
      throw new TokenUnavailable(
          "the token was lost meanwhile, and with it what the session held: begin again");
    }
  }
}
