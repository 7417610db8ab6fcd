package karuta.server.challenge;

/// What the card is asked to guard.
public enum Purpose {
  /// Money moves.
  TRANSFER,
  /// The card itself is switched on. Only [Challenges#activate] makes such a challenge.
  ACTIVATION,
  /// A one-time-password device is registered.
  OTP_REGISTRATION,
  /// A one-time-password device is removed.
  OTP_REMOVAL,
  /// Address, limits, contact data.
  PROFILE_CHANGE
}
