package karuta.provisioning.ceremony;

/// One of the three files of a key agreement.
public abstract sealed class Message permits Request, Response, Confirmation {
  /// Length of an uncompressed P-256 point.
  static final int POINT_BYTES = 65;

  Message() {}

  /// Puts the fields down, in the order people should read them.
  abstract void write(Text text);
}
