package karuta.server.card;

/// Who asks: the name in the caller's certificate, as audit rows show it and idempotency keys belong to it.
///
/// What a caller may do is decided before this value is made; the domain trusts it.
///
/// @param name 1 to 128 characters
public record Caller(String name) {
  /// What the server does by itself: expiry, renewal, alarms.
  public static final Caller KARUTA = new Caller("karuta");

  public Caller {
    if (name.isEmpty() || name.length() > 128) {
      throw new IllegalArgumentException("a caller's name has 1 to 128 characters");
    }
  }
}
