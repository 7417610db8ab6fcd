package karuta.server.api;

/// A request's place in its client's share, from its first header until its reply is out.
final class Place {
  private final Client client;
  private final Runnable given;
  private boolean left;

  /// @param given called once, when the place is given back
  Place(Client client, Runnable given) {
    this.client = client;
    this.given = given;
  }

  Client client() {
    return client;
  }

  /// The reply is out, or there is nobody to send it to.
  synchronized void leave() {
    if (!left) {
      left = true;
      given.run();
    }
  }
}
