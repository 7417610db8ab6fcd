package karuta.server.card;

/// How a customer confirms a transfer today.
public enum Method {
  /// A new customer: nothing yet, an image card is on its way.
  NONE,
  /// The numeric confirmation password on the back of the old card.
  CONFIRMATION_PASSWORD,
  /// A one-time-password device: not eligible for an image card.
  ONE_TIME_PASSWORD,
  /// The image authentication card. Only the switch leads here.
  IMAGE_CARD
}
